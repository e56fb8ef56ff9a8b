package dev.taskqueue.pool;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import dev.taskqueue.WorkerOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command that starts a worker's JVM. It sees the application's classes and inherits
 * what changes a program's meaning (module options, preview, encodings, time zone), but
 * not what sizes or observes the application (heap, collector, agents, JMX).
 */
final class WorkerCommand {

	/**
	 * Gives a process a session of its own, which keeps a terminal's signals from it and
	 * makes it and its children one group; {@code null} where there is no such program.
	 */
	static final @Nullable String SETSID = Stream.of("/usr/bin/setsid", "/bin/setsid")
		.filter((program) -> Files.isExecutable(Path.of(program)))
		.findFirst()
		.orElse(null);

	private static final long SMALLEST_HEAP = 64L << 20;

	private static final List<String> INHERITED = List.of("--add-opens", "--add-exports", "--add-reads",
			"--add-modules", "--enable-preview", "--enable-native-access", "--illegal-access", "-Dfile.encoding=",
			"-Dsun.jnu.encoding=", "-Duser.language=", "-Duser.country=", "-Duser.variant=", "-Djava.io.tmpdir=",
			"-Djava.library.path=");

	/** Would change the worker's command line behind our back. */
	private static final String LAUNCHER_VARIABLE = "JDK_JAVA_OPTIONS";

	private static final String TOOL_VARIABLE = "JAVA_TOOL_OPTIONS";

	/**
	 * Read after the command line, thus with the last word: the application's, not ours.
	 */
	private static final String OVERRIDING_VARIABLE = "_JAVA_OPTIONS";

	private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC\\b");

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final WorkerOptions options;

	private final int processes;

	/**
	 * Create a command.
	 * @param options the user's options
	 * @param processes how many workers share the machine's memory
	 */
	WorkerCommand(WorkerOptions options, int processes) {
		this.options = options;
		this.processes = processes;
	}

	/**
	 * Write the argument file all workers of a pool share, unless it is there: a class
	 * path can be longer than a command line may be.
	 * @param directory the pool's directory
	 * @throws IOException if it cannot be written
	 */
	synchronized void prepare(RuntimeDirectory directory) throws IOException {
		if (Files.exists(directory.argumentFile())) {
			return;
		}
		String quoted = '"' + classPath().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
		if (loadsAgent(System.getenv(TOOL_VARIABLE))) {
			logger.info("{} loads an agent and is not handed on to workers; set it in taskqueue.worker.environment if "
					+ "they need it", TOOL_VARIABLE);
		}
		Files.writeString(directory.argumentFile(), "-cp" + System.lineSeparator() + quoted + System.lineSeparator());
	}

	ProcessBuilder builder(RuntimeDirectory directory) {
		List<String> command = new ArrayList<>(this.options.commandPrefix());
		if (SETSID != null) {
			command.add(SETSID);
		}
		command.add(java().toString());
		ProcessBuilder builder = new ProcessBuilder();
		environment(builder.environment());
		command.addAll(jvmArguments(directory, choosesCollector(builder.environment())));
		LaunchTarget target = LaunchTarget.of(classPath());
		command.addAll(target.options());
		command.add("@" + directory.argumentFile());
		command.add(target.mainClass());
		return builder.command(command);
	}

	/** Two collectors would be one too many for a JVM to start. */
	private boolean choosesCollector(Map<String, String> environment) {
		return Stream
			.concat(this.options.jvmArgs().stream(),
					Stream.of(TOOL_VARIABLE, OVERRIDING_VARIABLE).map(environment::get).filter(Objects::nonNull))
			.anyMatch((words) -> COLLECTOR.matcher(words).find());
	}

	private List<String> jvmArguments(RuntimeDirectory directory, boolean collectorChosen) {
		List<String> arguments = new ArrayList<>();
		arguments.add("-Xmx" + heap());
		if (!collectorChosen) {
			arguments.add("-XX:+UseSerialGC");
			// Otherwise a counted loop keeps a JVM from its next safepoint, thus from
			// exit
			arguments.add("-XX:+UseCountedLoopSafepoints");
			arguments.add("-XX:LoopStripMiningIter=1000");
		}
		arguments.add("-XX:+ExitOnOutOfMemoryError");
		arguments.add("-XX:+DisplayVMOutputToStderr");
		arguments.add("-XX:ErrorFile=" + directory.errorFilePattern());
		arguments.add("-XX:-CreateCoredumpOnCrash");
		// A killed JVM would leave its file of counters behind
		arguments.add("-XX:-UsePerfData");
		arguments.add("-Dstdout.encoding=UTF-8");
		arguments.add("-Dstderr.encoding=UTF-8");
		arguments.add("-Duser.timezone=" + TimeZone.getDefault().getID());
		String headless = System.getProperty("java.awt.headless"); // Spring Boot sets it
																	// in code
		if (headless != null) {
			arguments.add("-Djava.awt.headless=" + headless);
		}
		inherited().forEach(arguments::add);
		arguments.addAll(this.options.jvmArgs());
		return arguments;
	}

	private String classPath() {
		return (this.options.classPath() != null) ? this.options.classPath() : System.getProperty("java.class.path");
	}

	private static Stream<String> inherited() {
		return ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.filter((argument) -> INHERITED.stream().anyMatch(argument::startsWith));
	}

	private long heap() {
		if (this.options.maxHeap() > 0) {
			return this.options.maxHeap();
		}
		long left = memory() - Runtime.getRuntime().maxMemory();
		return Math.max(SMALLEST_HEAP, left / this.processes);
	}

	/** Of the machine, or of the container if it has less. */
	private static long memory() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)
				? system.getTotalMemorySize() : 0;
	}

	private Path java() {
		Path home = (this.options.javaHome() != null) ? this.options.javaHome()
				: Path.of(System.getProperty("java.home"));
		return home.resolve("bin").resolve("java");
	}

	private void environment(Map<String, String> environment) {
		environment.remove(LAUNCHER_VARIABLE);
		environment.remove(OVERRIDING_VARIABLE);
		if (loadsAgent(environment.get(TOOL_VARIABLE))) {
			environment.remove(TOOL_VARIABLE);
		}
		environment.putAll(this.options.environment());
	}

	private static boolean loadsAgent(@Nullable String toolOptions) {
		return toolOptions != null && (toolOptions.contains("-javaagent") || toolOptions.contains("-agent"));
	}

}
