package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.taskqueue.WorkerOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command that starts a worker's JVM: a prefix, the JVM, {@link WorkerFlags its
 * flags} and {@link LaunchTarget what it runs}; and its environment.
 */
final class WorkerCommand {

	/**
	 * Gives a process a session of its own, which keeps a terminal's signals from it and
	 * makes it and its children one group; {@code null} where there is no such program.
	 */
	static final @Nullable String SETSID = program("setsid");

	private static final @Nullable String NICE = program("nice");

	/** Would change the worker's command line behind our back. */
	private static final String LAUNCHER_VARIABLE = "JDK_JAVA_OPTIONS";

	static final String TOOL_VARIABLE = "JAVA_TOOL_OPTIONS";

	/**
	 * Read after the command line, thus with the last word: the application's, not ours.
	 */
	static final String OVERRIDING_VARIABLE = "_JAVA_OPTIONS";

	/** The user's own, or what keeps the JVM from having one. */
	private static final Pattern OWN_ARCHIVE = Pattern
		.compile("-Xshare|-XX:[+-]?\\w*(Archive|AOT)|-agent|-javaagent|--patch-module");

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final WorkerOptions options;

	private final WorkerFlags flags;

	private final JavaHome java;

	/**
	 * Whether a start is much of what a worker costs, and archives have the classes of
	 * tasks too.
	 */
	private final boolean isShortLived;

	/** Whether workers start a context, whose classes are theirs too. */
	private final boolean hasContext;

	/** Whether it is known what this session's tasks load. */
	private volatile boolean learned;

	/** Known from the first preparation on. */
	private volatile @Nullable ClassArchive archive;

	/**
	 * Create a command.
	 * @param settings the pool's settings
	 */
	WorkerCommand(PoolSettings settings) {
		this.options = settings.worker();
		this.hasContext = settings.beans().context() != null;
		this.isShortLived = settings.limits().areWorkersShortLived();
		this.flags = new WorkerFlags(settings);
		this.java = JavaHome
			.at((this.options.javaHome() != null) ? this.options.javaHome() : Path.of(System.getProperty("java.home")));
	}

	/**
	 * Find out what to start and write the argument file all workers of a pool share,
	 * unless it is there: a class path can be longer than a command line may be.
	 * @param directory the pool's directory
	 * @throws IOException if there is nothing to start, or the file cannot be written
	 */
	synchronized void prepare(RuntimeDirectory directory) throws IOException {
		if (Files.exists(directory.argumentFile())) {
			return;
		}
		this.learned = false;
		if (loadsAgent(System.getenv(TOOL_VARIABLE))) {
			logger.info("{} loads an agent and is not handed on to workers; set it in taskqueue.worker.environment if "
					+ "they need it", TOOL_VARIABLE);
		}
		LaunchTarget target = LaunchTarget.of(this.options);
		if (this.options.classArchive() && target.mainClass().equals(LaunchTarget.MAIN)) {
			this.archive = archive(target.classPath());
		}
		ArgumentFile.write(target, directory.argumentFile());
	}

	/** The command of a worker; after {@link #prepare}. */
	ProcessBuilder builder(RuntimeDirectory directory, int worker) {
		ClassArchive known = this.archive;
		List<String> archiveOptions = new ArrayList<>();
		if (known != null) {
			archiveOptions.addAll(known.use());
			if (this.isShortLived) {
				archiveOptions.addAll(this.java.keepArchivesInPlace());
				if (!this.learned) {
					archiveOptions.add(LoadedClasses.write(directory.loadedClasses(worker)));
				}
			}
		}
		return builder(directory, this.options.commandPrefix(), archiveOptions);
	}

	/** It is known what tasks load. */
	void learned() {
		this.learned = true;
	}

	/** The command of a process that makes an archive as it ends, and is in no hurry. */
	ProcessBuilder training(RuntimeDirectory directory, List<String> archiveOptions) {
		List<String> prefix = new ArrayList<>(this.options.commandPrefix());
		if (NICE != null) {
			prefix.addAll(List.of(NICE, "-n", "19"));
		}
		return builder(directory, prefix, archiveOptions);
	}

	/** What workers of this pool could share, if there can be such a thing. */
	@Nullable ClassArchive archive() {
		return this.archive;
	}

	private ProcessBuilder builder(RuntimeDirectory directory, List<String> prefix, List<String> archiveOptions) {
		List<String> command = new ArrayList<>(prefix);
		if (SETSID != null) {
			command.add(SETSID);
		}
		command.add(this.java.executable().toString());
		ProcessBuilder builder = new ProcessBuilder();
		environment(builder.environment());
		// Before the user's own, which may say something else about it
		command.addAll(archiveOptions);
		command.addAll(this.flags.of(directory, builder.environment()));
		command.add("@" + directory.argumentFile());
		return builder.command(command);
	}

	private @Nullable ClassArchive archive(ClassPath classPath) {
		Map<String, String> environment = new HashMap<>(System.getenv());
		environment(environment);
		List<String> words = new ArrayList<>(this.flags.shared(environment));
		if (this.hasContext) {
			words.add("with a context"); // other classes, so another archive
		}
		if (this.isShortLived) {
			words.add("with the classes of tasks");
		}
		if (words.stream().anyMatch((word) -> OWN_ARCHIVE.matcher(word).find())) {
			return null;
		}
		return ClassArchive.of(classPath, this.java, words, this.options);
	}

	private void environment(Map<String, String> environment) {
		environment.remove(LAUNCHER_VARIABLE);
		environment.remove(OVERRIDING_VARIABLE);
		if (loadsAgent(environment.get(TOOL_VARIABLE))) {
			environment.remove(TOOL_VARIABLE);
		}
		environment.putAll(this.options.environment());
	}

	private static @Nullable String program(String name) {
		return Stream.of("/usr/bin/", "/bin/")
			.map((directory) -> directory + name)
			.filter((program) -> Files.isExecutable(Path.of(program)))
			.findFirst()
			.orElse(null);
	}

	private static boolean loadsAgent(@Nullable String toolOptions) {
		return toolOptions != null && (toolOptions.contains("-javaagent") || toolOptions.contains("-agent"));
	}

}
