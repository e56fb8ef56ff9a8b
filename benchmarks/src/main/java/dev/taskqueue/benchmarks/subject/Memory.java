package dev.taskqueue.benchmarks.subject;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.taskqueue.TaskQueue;

/**
 * What waiting tasks take of the heap, and workers of the machine's memory.
 */
final class Memory {

	private static final double MEGABYTE = 1 << 20;

	/** An archive is of the worker's own class path. */
	private static final Pattern ARCHIVE = Pattern.compile("-Xshare.*|-XX:(SharedArchiveFile|AOTCache|AOTMode).*");

	private Memory() {
	}

	/** The heap after a collection while so many tasks wait. Nobody has their handles. */
	static Map<String, Double> ofWaiting(TaskQueue queue, Arguments arguments) throws InterruptedException {
		queue.pause();
		int tasks = arguments.number("tasks");
		for (int i = 0; i < tasks; i++) {
			queue.add(new Work.OneInt(i));
		}
		queue.snapshot(); // all have arrived
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			Thread.sleep(arguments.number("settle"));
			used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		queue.terminate(Duration.ZERO);
		queue.start();
		return Map.of("megabytes", used / MEGABYTE);
	}

	/** A worker's resident set after its first task, once it has settled down. */
	static Map<String, Double> ofWorker(Arguments arguments) throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(new Work.Nothing()).join();
			Thread.sleep(arguments.number("settle"));
			return Map.of("megabytes", resident(worker(queue)));
		}
	}

	/** The resident set of a JVM that has a worker's flags and does nothing. */
	static Map<String, Double> ofBareJvm(Arguments arguments) throws Exception {
		List<String> command = new ArrayList<>();
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(new Work.Nothing()).join();
			command.addAll(flags(worker(queue)));
		}
		try (BareJvm bare = BareJvm.start(command, Idle.class)) {
			bare.ask("Are you there?");
			Thread.sleep(arguments.number("settle"));
			return Map.of("megabytes", resident(bare.pid()));
		}
	}

	private static long worker(TaskQueue queue) {
		return queue.snapshot().workers().get(0).pid();
	}

	private static List<String> flags(long pid) throws IOException {
		String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
		return Stream.of(line.split("\0", -1))
			.skip(1)
			.filter((argument) -> argument.startsWith("-") && !ARCHIVE.matcher(argument).matches())
			.toList();
	}

	private static double resident(long pid) throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
			if (line.startsWith("Rss:")) {
				return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
			}
		}
		throw new IOException("No resident set of process " + pid);
	}

}
