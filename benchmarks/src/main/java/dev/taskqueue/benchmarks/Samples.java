package dev.taskqueue.benchmarks;

import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.benchmarks.subject.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What a lane has come to: numbers of each round, or why there are none.
 */
final class Samples {

	private final List<Arguments> rounds = new ArrayList<>();

	private @Nullable String failure;

	private boolean missing;

	void add(Arguments numbers) {
		this.rounds.add(numbers);
	}

	void failed(boolean missing, String why) {
		this.missing = missing;
		this.failure = why;
	}

	@Nullable String failure() {
		return this.failure;
	}

	/** Whether it was there and went wrong. */
	boolean isBroken() {
		return this.failure != null && !this.missing;
	}

	/** One number over all rounds. */
	Summary of(String key) {
		double[] sorted = this.rounds.stream()
			.mapToDouble((numbers) -> Double.parseDouble(numbers.text(key, "NaN")))
			.sorted()
			.toArray();
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Summary(median, sorted[0], sorted[sorted.length - 1]);
	}

	/**
	 * A number over all rounds.
	 *
	 * @param median in the middle
	 * @param min the smallest
	 * @param max the largest
	 */
	record Summary(double median, double min, double max) {
	}

}
