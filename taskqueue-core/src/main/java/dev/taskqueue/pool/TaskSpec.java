package dev.taskqueue.pool;

import java.time.Duration;
import java.util.Set;
import java.util.function.IntUnaryOperator;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;

/**
 * What the decisions need of a task's options, resolved against the queue's defaults. All
 * times in nanoseconds. Tasks without options of their own share one.
 *
 * @param priority higher first
 * @param delay until it is due, 0 for at once
 * @param queueTimeout how long it may wait, 0 for no limit
 * @param limits of each attempt
 * @param retry when it is attempted again
 */
record TaskSpec(int priority, long delay, long queueTimeout, Limits limits, Retry retry) {

	static TaskSpec of(TaskOptions options) {
		return new TaskSpec(options.priority(), nanos(options.delay()), nanos(options.queueTimeout()),
				new Limits(nanos(options.timeout()), nanos(options.softTimeout()), nanos(options.grace())),
				new Retry(options.maxAttempts(), nanos(options.backoff()), options.retryOn()));
	}

	/** Saturates at half the clock's range, some 146 years, so that sums do not wrap. */
	static long nanos(Duration duration) {
		return (duration.toSeconds() < Long.MAX_VALUE / 2_000_000_000L) ? duration.toNanos() : Long.MAX_VALUE / 2;
	}

	/**
	 * The limits of an attempt, counted from its start.
	 *
	 * @param timeout until it is killed, 0 for no limit
	 * @param softTimeout until it is interrupted, 0 for no limit
	 * @param grace from the interrupt to the kill
	 */
	record Limits(long timeout, long softTimeout, long grace) {

		/** Whether the interrupt would come before the kill. */
		boolean hasSoftTimeout() {
			return this.softTimeout > 0 && (this.timeout == 0 || this.softTimeout < this.timeout);
		}

		/** When the first limit is reached, 0 for never. */
		long first() {
			return hasSoftTimeout() ? this.softTimeout : this.timeout;
		}

	}

	/**
	 * When a task is attempted again.
	 *
	 * @param maxAttempts the first one included
	 * @param backoff before the second attempt
	 * @param on the ends of an attempt that count
	 */
	record Retry(int maxAttempts, long backoff, Set<TaskState> on) {

		private static final long LONGEST_BACKOFF = 3_600_000_000_000L;

		private static final int JITTER_STEPS = 1 << 20;

		boolean follows(int attempt, Outcome outcome) {
			return attempt < this.maxAttempts && this.on.contains(outcome.state());
		}

		/**
		 * How long to wait after an attempt: exponential, with "equal jitter" (half of it
		 * fixed, half random), after M. Brooker, "Exponential Backoff And Jitter", AWS
		 * Architecture Blog, 2015.
		 * @param attempt the attempt that has ended, from 1
		 * @param random a random number from 0 to below its argument
		 * @return nanoseconds
		 */
		long backoffAfter(int attempt, IntUnaryOperator random) {
			long longest = Math.max(this.backoff, LONGEST_BACKOFF);
			int doublings = Math.min(attempt - 1, Long.numberOfLeadingZeros(Math.max(1, this.backoff)) - 2);
			long full = Math.min(longest, this.backoff << Math.max(0, doublings));
			double fraction = random.applyAsInt(JITTER_STEPS) / (double) JITTER_STEPS;
			return full - (long) (0.5 * full * fraction);
		}

	}

}
