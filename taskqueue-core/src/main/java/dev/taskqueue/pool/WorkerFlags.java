package dev.taskqueue.pool;

import java.lang.management.ManagementFactory;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import dev.taskqueue.WorkerOptions;

/**
 * The flags of a worker's JVM. It inherits what changes a program's meaning (module
 * options, preview, encodings, time zone), but not what sizes or observes the application
 * (heap, collector, agents, JMX).
 */
final class WorkerFlags {

	private static final long SMALLEST_HEAP = 64L << 20;

	private static final List<String> INHERITED = List.of("--add-opens", "--add-exports", "--add-reads",
			"--add-modules", "--enable-preview", "--enable-native-access", "--illegal-access", "-Dfile.encoding=",
			"-Dsun.jnu.encoding=", "-Duser.language=", "-Duser.country=", "-Duser.variant=", "-Djava.io.tmpdir=",
			"-Djava.library.path=", "-Dloader.");

	private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC\\b");

	/**
	 * A worker of few tasks seldom gets back what compiling costs it. A sixth of a plain
	 * start's time goes to compiling what will not run often enough, and half of it where
	 * there is a context. That is methods; a loop that goes on is worth it as soon as
	 * always, so its thresholds are a fourth of their defaults, or, where they are powers
	 * of two, two less.
	 */
	private static final List<String> COMPILE_LESS = List.of("-XX:CompileThresholdScaling=4",
			"-XX:Tier0BackedgeNotifyFreqLog=8", "-XX:Tier3BackedgeNotifyFreqLog=11", "-XX:Tier3BackEdgeThreshold=15000",
			"-XX:Tier4BackEdgeThreshold=10000");

	/**
	 * Until version 18 the JDK makes a class for what is called by reflection the
	 * sixteenth time, which takes two milliseconds and is worth it for thousands of calls
	 * only. No worker of few tasks gets there by reading them.
	 */
	private static final String REFLECT_WITHOUT_CLASSES = "-Dsun.reflect.inflationThreshold=120";

	private final PoolSettings settings;

	private final WorkerOptions options;

	WorkerFlags(PoolSettings settings) {
		this.settings = settings;
		this.options = settings.worker();
	}

	/** All flags of a worker with this directory and environment. */
	List<String> of(RuntimeDirectory directory, Map<String, String> environment) {
		List<String> arguments = new ArrayList<>();
		arguments.add("-Xmx" + heap());
		arguments.addAll(collector(environment));
		arguments.add("-XX:+ExitOnOutOfMemoryError");
		arguments.add("-XX:+DisplayVMOutputToStderr");
		arguments.add("-XX:ErrorFile=" + directory.errorFilePattern());
		arguments.add("-XX:-CreateCoredumpOnCrash");
		// A killed JVM would leave its file of counters behind
		arguments.add("-XX:-UsePerfData");
		if (this.settings.limits().areWorkersShortLived()) {
			arguments.addAll(COMPILE_LESS);
			arguments.add(REFLECT_WITHOUT_CLASSES);
		}
		arguments.add("-Dstdout.encoding=UTF-8");
		arguments.add("-Dstderr.encoding=UTF-8");
		arguments.add("-Duser.timezone=" + TimeZone.getDefault().getID());
		String headless = System.getProperty("java.awt.headless"); // Spring Boot sets it
																	// in code
		if (headless != null) {
			arguments.add("-Djava.awt.headless=" + headless);
		}
		selectorProvider().forEach(arguments::add);
		inherited().forEach(arguments::add);
		arguments.addAll(this.options.jvmArgs());
		return arguments;
	}

	/** What is the same for every worker, and can matter to an archive of its classes. */
	List<String> shared(Map<String, String> environment) {
		List<String> arguments = new ArrayList<>(collector(environment));
		inherited().forEach(arguments::add);
		arguments.addAll(this.options.jvmArgs());
		fromVariables(environment).forEach(arguments::add);
		return arguments;
	}

	/**
	 * A worker would look for the JDK's own on all of its class path, in jar after jar,
	 * and find what the application has found.
	 */
	private Stream<String> selectorProvider() {
		String found = SelectorProvider.provider().getClass().getName();
		return (this.settings.hasOwnClasses() && found.startsWith("sun.nio.ch."))
				? Stream.of("-D" + SelectorProvider.class.getName() + "=" + found) : Stream.empty();
	}

	private List<String> collector(Map<String, String> environment) {
		// Two collectors would be one too many for a JVM to start
		boolean chosen = Stream.concat(this.options.jvmArgs().stream(), fromVariables(environment))
			.anyMatch((words) -> COLLECTOR.matcher(words).find());
		// Without the last two a counted loop keeps a JVM from its next safepoint, thus
		// from exit
		return chosen ? List.of()
				: List.of("-XX:+UseSerialGC", "-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000");
	}

	private static Stream<String> fromVariables(Map<String, String> environment) {
		return Stream.of(WorkerCommand.TOOL_VARIABLE, WorkerCommand.OVERRIDING_VARIABLE)
			.map(environment::get)
			.filter(Objects::nonNull);
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
		return Math.max(SMALLEST_HEAP, left / this.settings.limits().maxProcesses());
	}

	/** Of the machine, or of the container if it has less. */
	private static long memory() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)
				? system.getTotalMemorySize() : 0;
	}

}
