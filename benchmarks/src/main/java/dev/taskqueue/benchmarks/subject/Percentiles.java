package dev.taskqueue.benchmarks.subject;

import java.util.Arrays;

/**
 * Which value so many are not above.
 */
final class Percentiles {

	private final long[] sorted;

	Percentiles(long[] values) {
		this.sorted = values.clone();
		Arrays.sort(this.sorted);
	}

	/** By nanoseconds, in microseconds. */
	double micros(double share) {
		return at(share) / 1e3;
	}

	/** By nanoseconds, in milliseconds. */
	double millis(double share) {
		return at(share) / 1e6;
	}

	private long at(double share) {
		return this.sorted[Math.min(this.sorted.length - 1, (int) (this.sorted.length * share))];
	}

}
