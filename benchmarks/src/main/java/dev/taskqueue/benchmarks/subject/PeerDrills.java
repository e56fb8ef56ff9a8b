package dev.taskqueue.benchmarks.subject;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.taskqueue.benchmarks.subject.Peer.Pending;

/**
 * What every peer can be made to do. As the Python peers' {@code drills.py}.
 */
final class PeerDrills {

	private PeerDrills() {
	}

	static Map<String, Double> run(Peer peer, String drill, Arguments arguments) throws Exception {
		return switch (drill) {
			case "throughput" -> throughput(peer, arguments);
			case "roundtrip" -> roundtrip(peer, arguments);
			default -> throw new IllegalArgumentException("No drill is called " + drill);
		};
	}

	/** Add tasks from this thread, one by one, and await all results. */
	private static Map<String, Double> throughput(Peer peer, Arguments arguments) throws Exception {
		Work work = Work.of(arguments);
		Pending[] pending = new Pending[arguments.number("tasks")];
		long begin = System.nanoTime();
		for (int i = 0; i < pending.length; i++) {
			pending[i] = peer.add(work);
		}
		for (Pending one : pending) {
			one.await();
		}
		double taken = System.nanoTime() - begin;
		return Map.of("rate", pending.length * 1e9 / taken, "micros", taken / 1e3 / pending.length);
	}

	/** Add a task and await it, one after the other. */
	private static Map<String, Double> roundtrip(Peer peer, Arguments arguments) throws Exception {
		Work work = Work.of(arguments);
		long pause = TimeUnit.MICROSECONDS.toNanos(arguments.number("pause", 0));
		long[] times = new long[arguments.number("tasks")];
		for (int i = 0; i < times.length; i++) {
			pause(pause);
			long begin = System.nanoTime();
			peer.add(work).await();
			times[i] = System.nanoTime() - begin;
		}
		Percentiles percentiles = new Percentiles(times);
		return Map.of("p50", percentiles.micros(0.5), "p99", percentiles.micros(0.99));
	}

	static void pause(long nanos) {
		long end = System.nanoTime() + nanos;
		for (long left = nanos; left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

}
