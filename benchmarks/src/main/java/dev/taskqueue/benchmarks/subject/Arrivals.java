package dev.taskqueue.benchmarks.subject;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.taskqueue.benchmarks.subject.Peer.Pending;

/**
 * For peers that give back nothing to wait with: tasks go by numbers, and report here
 * when they have run. Static, since such tasks find nothing else.
 */
public final class Arrivals {

	private static final Map<Integer, CompletableFuture<Void>> EXPECTED = new ConcurrentHashMap<>();

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private Arrivals() {
	}

	static int expect() {
		int number = NUMBERS.incrementAndGet();
		EXPECTED.put(number, new CompletableFuture<>());
		return number;
	}

	static Pending pending(int number) {
		CompletableFuture<Void> future = EXPECTED.get(number);
		if (future == null) {
			return () -> {
				// It was faster
			};
		}
		return future::get;
	}

	/**
	 * A task has run.
	 * @param number its number
	 */
	public static void arrived(int number) {
		CompletableFuture<Void> future = EXPECTED.remove(number);
		if (future == null) {
			throw new IllegalStateException("task " + number + " has run twice");
		}
		future.complete(null);
	}

}
