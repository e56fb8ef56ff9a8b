package dev.taskqueue.benchmarks.subject;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.taskqueue.TaskHandle;

/**
 * Tasks that arrive when they arrive, not when the one before is done: at random, so many
 * a second, always in the same way. The time of a task counts from when it was due, so
 * that nothing is left out while the caller is held up.
 */
final class Arriving {

	private static final long SEED = 17;

	private Arriving() {
	}

	/**
	 * Let them arrive.
	 * @param arguments how many, and how many a second
	 * @param add adds one
	 * @return latencies in milliseconds
	 */
	static Map<String, Double> run(Arguments arguments, Supplier<TaskHandle<?>> add) {
		double rate = arguments.number("rate");
		Random random = new Random(SEED);
		long[] times = new long[arguments.number("tasks")];
		CompletableFuture<?>[] done = new CompletableFuture<?>[times.length];
		double due = System.nanoTime();
		for (int i = 0; i < times.length; i++) {
			due += -Math.log(1 - random.nextDouble()) / rate * 1e9;
			long at = (long) due;
			PeerDrills.pause(at - System.nanoTime());
			int index = i;
			done[i] = add.get().result().thenRun(() -> times[index] = System.nanoTime() - at);
		}
		CompletableFuture.allOf(done).join();
		Percentiles percentiles = new Percentiles(times);
		return Map.of("p50", percentiles.millis(0.5), "p99", percentiles.millis(0.99));
	}

}
