package dev.taskqueue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How worker processes are launched. Immutable: each {@code with} method returns a copy.
 *
 * @param javaHome the Java installation to run workers on; {@code null}: the
 * application's own
 * @param jvmArgs further JVM arguments, after TaskQueue's own, so that they win
 * @param maxHeap the largest heap of a worker in bytes; 0: what is left of the machine's
 * (or container's) memory beside the application's own heap, divided by the number of
 * processes, at least 64 MB
 * @param maxMemory resident memory of a worker in bytes over which it is replaced between
 * two tasks, and by half over which it is killed; 0: no limit. Where the system does not
 * tell (it has no {@code /proc}), there is no limit
 * @param maxAge time from ready after which a worker is replaced, varied by up to a tenth
 * downwards; zero: no limit
 * @param startupTimeout how long a worker may take from launch to ready; default 60
 * seconds
 * @param environment environment variables, over those inherited from the application
 * @param systemProperties system properties of the worker, handed over privately, not on
 * its command line
 * @param classPath the worker's class path, in the operating system's notation;
 * {@code null}: the application's own
 * @param commandPrefix words before {@code java}, such as {@code nice -n 10}
 * @param launchMode how workers get at what is nested in an executable archive
 * @param classArchive whether the JVM's preparation of workers' classes is kept for those
 * to come
 * @param cacheDirectory where copies of nested libraries and prepared classes are kept;
 * {@code null}: {@code taskqueue} in {@code $XDG_CACHE_HOME} or {@code ~/.cache}
 */
public record WorkerOptions(@Nullable Path javaHome, List<String> jvmArgs, long maxHeap, long maxMemory,
		Duration maxAge, Duration startupTimeout, Map<String, String> environment, Map<String, String> systemProperties,
		@Nullable String classPath, List<String> commandPrefix, LaunchMode launchMode, boolean classArchive,
		@Nullable Path cacheDirectory) {

	private static final WorkerOptions DEFAULTS = new WorkerOptions(null, List.of(), 0, 0, Duration.ZERO,
			Duration.ofSeconds(60), Map.of(), Map.of(), null, List.of(), LaunchMode.AUTO, true, null);

	/**
	 * Not a system property's value, nor a command the JVM is to run: both may hold any.
	 */
	private static final Pattern SEVERAL_ARGUMENTS = Pattern
		.compile("-(?!D)\\S+(\\s+-(X|D|-|ea|da|esa|dsa|javaagent|agent|verbose)\\S*)+");

	public WorkerOptions {
		if (maxHeap != 0 && maxHeap < 8L << 20) {
			throw new IllegalArgumentException(
					"maxHeap must be 0 (automatic) or at least 8 MB, but is " + maxHeap + " bytes");
		}
		if (maxMemory != 0 && maxMemory < 32L << 20) {
			throw new IllegalArgumentException(
					"maxMemory must be 0 (no limit) or at least 32 MB, but is " + maxMemory + " bytes");
		}
		if (maxAge.isNegative()) {
			throw new IllegalArgumentException("maxAge must not be negative, but is " + maxAge);
		}
		if (startupTimeout.isNegative() || startupTimeout.isZero()) {
			throw new IllegalArgumentException("startupTimeout must be positive, but is " + startupTimeout);
		}
		jvmArgs.forEach(WorkerOptions::checkJvmArg);
		jvmArgs = List.copyOf(jvmArgs);
		environment = Map.copyOf(environment);
		systemProperties = Map.copyOf(systemProperties);
		commandPrefix = List.copyOf(commandPrefix);
	}

	private static void checkJvmArg(String argument) {
		if (argument.isBlank() || !argument.equals(argument.strip())) {
			throw new IllegalArgumentException(
					"jvmArgs must not have blanks around an argument, but have '" + argument + "'");
		}
		if (SEVERAL_ARGUMENTS.matcher(argument).matches()) {
			throw new IllegalArgumentException(
					"jvmArgs must have one argument in each list element, but have '" + argument + "' in one");
		}
	}

	/**
	 * Options with every setting at its default.
	 * @return the default options
	 */
	public static WorkerOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Run workers on another Java installation.
	 * @param javaHome its home directory
	 * @return a copy with this option
	 */
	public WorkerOptions withJavaHome(Path javaHome) {
		return new WorkerOptions(javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge, this.startupTimeout,
				this.environment, this.systemProperties, this.classPath, this.commandPrefix, this.launchMode,
				this.classArchive, this.cacheDirectory);
	}

	/**
	 * Pass further JVM arguments.
	 * @param jvmArgs the arguments, one word each
	 * @return a copy with this option
	 */
	public WorkerOptions withJvmArgs(List<String> jvmArgs) {
		return new WorkerOptions(this.javaHome, jvmArgs, this.maxHeap, this.maxMemory, this.maxAge, this.startupTimeout,
				this.environment, this.systemProperties, this.classPath, this.commandPrefix, this.launchMode,
				this.classArchive, this.cacheDirectory);
	}

	/**
	 * Limit a worker's heap.
	 * @param bytes at least 8 MB; 0 for automatic
	 * @return a copy with this option
	 */
	public WorkerOptions withMaxHeap(long bytes) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, bytes, this.maxMemory, this.maxAge, this.startupTimeout,
				this.environment, this.systemProperties, this.classPath, this.commandPrefix, this.launchMode,
				this.classArchive, this.cacheDirectory);
	}

	/**
	 * Replace workers that hold too much memory: one that holds more after a task leaves
	 * when its successor is ready, and one that holds half as much again while a task
	 * runs is killed, and the task ends with {@link CrashReason#OUT_OF_MEMORY}. Heap,
	 * classes, threads and native memory all count.
	 * @param bytes at least 32 MB; 0 for no limit
	 * @return a copy with this option
	 */
	public WorkerOptions withMaxMemory(long bytes) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, bytes, this.maxAge, this.startupTimeout,
				this.environment, this.systemProperties, this.classPath, this.commandPrefix, this.launchMode,
				this.classArchive, this.cacheDirectory);
	}

	/**
	 * Replace workers that are too old, when their successor is ready and they have no
	 * task.
	 * @param maxAge a positive duration; zero for no limit
	 * @return a copy with this option
	 */
	public WorkerOptions withMaxAge(Duration maxAge) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, maxAge, this.startupTimeout,
				this.environment, this.systemProperties, this.classPath, this.commandPrefix, this.launchMode,
				this.classArchive, this.cacheDirectory);
	}

	/**
	 * Limit the time from launch to ready.
	 * @param timeout a positive duration
	 * @return a copy with this option
	 */
	public WorkerOptions withStartupTimeout(Duration timeout) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge, timeout,
				this.environment, this.systemProperties, this.classPath, this.commandPrefix, this.launchMode,
				this.classArchive, this.cacheDirectory);
	}

	/**
	 * Set environment variables.
	 * @param environment name to value
	 * @return a copy with this option
	 */
	public WorkerOptions withEnvironment(Map<String, String> environment) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge,
				this.startupTimeout, environment, this.systemProperties, this.classPath, this.commandPrefix,
				this.launchMode, this.classArchive, this.cacheDirectory);
	}

	/**
	 * Set system properties, before anything of the application's is loaded.
	 * @param systemProperties name to value
	 * @return a copy with this option
	 */
	public WorkerOptions withSystemProperties(Map<String, String> systemProperties) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge,
				this.startupTimeout, this.environment, systemProperties, this.classPath, this.commandPrefix,
				this.launchMode, this.classArchive, this.cacheDirectory);
	}

	/**
	 * Use another class path than the application's. It must contain TaskQueue's core,
	 * slf4j-api and the classes of the tasks.
	 * @param classPath entries joined by the operating system's path separator
	 * @return a copy with this option
	 */
	public WorkerOptions withClassPath(String classPath) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge,
				this.startupTimeout, this.environment, this.systemProperties, classPath, this.commandPrefix,
				this.launchMode, this.classArchive, this.cacheDirectory);
	}

	/**
	 * Put words before {@code java} on the command line.
	 * @param commandPrefix the words
	 * @return a copy with this option
	 */
	public WorkerOptions withCommandPrefix(List<String> commandPrefix) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge,
				this.startupTimeout, this.environment, this.systemProperties, this.classPath, commandPrefix,
				this.launchMode, this.classArchive, this.cacheDirectory);
	}

	/**
	 * Choose how workers get at what is nested in an executable archive.
	 * @param mode the mode
	 * @return a copy with this option
	 */
	public WorkerOptions withLaunchMode(LaunchMode mode) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge,
				this.startupTimeout, this.environment, this.systemProperties, this.classPath, this.commandPrefix, mode,
				this.classArchive, this.cacheDirectory);
	}

	/**
	 * Choose whether the classes a worker loads at its start are prepared once, in the
	 * background, and kept in the cache directory. Workers to come then start faster.
	 * This needs a class path of jars only; where it is not possible, nothing happens.
	 * @param classArchive whether to do so
	 * @return a copy with this option
	 */
	public WorkerOptions withClassArchive(boolean classArchive) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge,
				this.startupTimeout, this.environment, this.systemProperties, this.classPath, this.commandPrefix,
				this.launchMode, classArchive, this.cacheDirectory);
	}

	/**
	 * Keep copies of nested libraries and prepared classes in another directory. It is
	 * created if need be, and used only if nobody but its owner, this process's user, can
	 * write to it.
	 * @param directory the directory
	 * @return a copy with this option
	 */
	public WorkerOptions withCacheDirectory(Path directory) {
		return new WorkerOptions(this.javaHome, this.jvmArgs, this.maxHeap, this.maxMemory, this.maxAge,
				this.startupTimeout, this.environment, this.systemProperties, this.classPath, this.commandPrefix,
				this.launchMode, this.classArchive, directory);
	}

}
