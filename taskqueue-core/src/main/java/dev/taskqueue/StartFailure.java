package dev.taskqueue;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Why a worker process did not start, in words, and what to change. Read from what the
 * process said before it ended, the JVM's own words first.
 *
 * @param description what happened, in whole sentences
 * @param action what to change, in whole sentences
 */
public record StartFailure(String description, String action) {

	private static final String JVM_ARGS = "Correct taskqueue.worker.jvm-args. They are arguments of the worker's own "
			+ "Java installation (taskqueue.worker.java-home), one list element each; JAVA_TOOL_OPTIONS and "
			+ "_JAVA_OPTIONS of the environment reach workers too.";

	private static final String CLASS_PATH = "Correct taskqueue.worker.class-path: it replaces the application's class "
			+ "path and must contain taskqueue-core, slf4j-api and the tasks' classes. Leave it out to give workers the "
			+ "application's own.";

	private static final String JAVA_HOME = "Set taskqueue.worker.java-home to a Java installation, 17 or later, that is "
			+ "not older than the one the application was compiled for, or leave it out to run workers on the "
			+ "application's own.";

	private static final String PROGRAM = "Check that taskqueue.worker.java-home has a program bin/java that this user "
			+ "can execute, that the command of taskqueue.worker.command-prefix exists, and that the system allows "
			+ "another process.";

	private static final String MEMORY = "Lower taskqueue.worker.max-heap or taskqueue.worker-count, or give the machine "
			+ "or container more memory.";

	private static final String TIME = "Look at what the worker said, in the log. If the machine is that slow, raise "
			+ "taskqueue.worker.startup-timeout; if it has too little memory, lower taskqueue.worker.max-heap or "
			+ "taskqueue.worker-count.";

	private static final String CONTEXT = "Correct what it names: workers use the application's own configuration, with "
			+ "the profile taskqueue-worker and with what taskqueue.worker.spring says.";

	private static final String UNKNOWN = "Check taskqueue.worker.jvm-args, java-home, class-path and command-prefix. "
			+ "Without them, workers run as the application does.";

	/** What the JVM says beside the reason. */
	private static final List<String> BESIDE = List.of("error: could not create the java virtual machine",
			"error: a fatal exception has occurred", "error occurred during initialization of vm", "picked up ",
			"openjdk 64-bit server vm warning", "java hotspot(tm) 64-bit server vm warning", "\tat ", "caused by:");

	/**
	 * Read the report of a worker that ended before it was ready.
	 * @param report a report whose reason is {@link CrashReason#START_FAILED}
	 * @return what happened and what to change
	 */
	public static StartFailure of(CrashReport report) {
		String said = said(report.stderrTail());
		if (report.pid() < 0) {
			return new StartFailure("No worker process can be launched" + because(said), PROGRAM);
		}
		if (report.detail() != null && report.signal() == null) {
			return new StartFailure("A worker process could not start its context: " + report.detail(), CONTEXT);
		}
		if (report.signal() != null && report.errorFileHead() == null) {
			String why = (report.detail() != null) ? report.detail() : said;
			return new StartFailure(
					"A worker process was ended by " + report.signal() + " before it was ready" + because(why), TIME);
		}
		return new StartFailure(
				"A worker process ended before it was ready, with exit code " + report.exitCode() + because(said),
				action(String.join("\n", report.stderrTail())));
	}

	private static String action(String words) {
		if (containsAny(words, "UnsupportedClassVersionError")) {
			return JAVA_HOME;
		}
		if (containsAny(words, "Could not find or load main class", "ClassNotFoundException", "NoClassDefFoundError")) {
			return CLASS_PATH;
		}
		if (containsAny(words, "Could not reserve enough space", "insufficient memory", "Cannot allocate memory",
				"Too small maximum heap")) {
			return MEMORY;
		}
		if (containsAny(words, "Unrecognized", "Could not create the Java Virtual Machine", "Conflicting", "Improperly",
				"Invalid", "initialization of VM")) {
			return JVM_ARGS;
		}
		return UNKNOWN;
	}

	private static boolean containsAny(String words, String... parts) {
		return List.of(parts).stream().anyMatch(words::contains);
	}

	/** The line that tells the reason. */
	private static @Nullable String said(List<String> lines) {
		return lines.stream()
			.filter((line) -> !line.isBlank() && BESIDE.stream().noneMatch(line.toLowerCase(Locale.ROOT)::startsWith))
			.findFirst()
			.or(() -> lines.stream().filter((line) -> !line.isBlank()).findFirst())
			.map(String::strip)
			.orElse(null);
	}

	private static String because(@Nullable String said) {
		return (said == null) ? "; it said nothing." : ": " + said + (said.endsWith(".") ? "" : ".");
	}

}
