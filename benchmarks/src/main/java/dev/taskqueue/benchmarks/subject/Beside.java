package dev.taskqueue.benchmarks.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.CallableTask;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;

/**
 * Long tasks, each amid short ones that come in a burst before it, in another behind it,
 * and one by one while it runs: how long a short one waits until it begins. Times of all
 * processes are from the same monotonic clock.
 */
final class Beside {

	private static final int BEFORE = 50;

	private static final int BEHIND = 20;

	private static final int WHILE = 60;

	private Beside() {
	}

	static Map<String, Double> run(TaskQueue queue, Arguments arguments) {
		List<ShortTask> all = new ArrayList<>();
		for (int i = 0; i < arguments.number("tasks"); i++) {
			burst(queue, BEFORE, all);
			TaskHandle<?> longTask = queue.add(new Work.Loop(arguments.number("iterations")));
			burst(queue, BEHIND, all);
			for (int j = 0; j < WHILE; j++) {
				PeerDrills.pause(TimeUnit.MILLISECONDS.toNanos(1));
				burst(queue, 1, all);
			}
			longTask.join();
		}
		long[] waits = all.stream().mapToLong(ShortTask::waited).toArray();
		return Map.of("p99.9", new Percentiles(waits).millis(0.999));
	}

	private static void burst(TaskQueue queue, int count, List<ShortTask> all) {
		for (int i = 0; i < count; i++) {
			all.add(new ShortTask(System.nanoTime(), queue.submit(new Stamp())));
		}
	}

	/** A short task. */
	private record ShortTask(long added, TaskHandle<Long> handle) {

		long waited() {
			return this.handle.join() - this.added;
		}

	}

	/** Says when it begins. */
	record Stamp() implements CallableTask<Long> {

		@Override
		public Long call() {
			return System.nanoTime();
		}

	}

}
