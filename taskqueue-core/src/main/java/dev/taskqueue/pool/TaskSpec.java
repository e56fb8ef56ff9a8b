package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.TaskOptions;

/**
 * What the decisions need of a task's options, resolved against the queue's defaults.
 * Tasks without options of their own share one.
 *
 * @param priority higher first
 * @param delay nanoseconds until it is due, 0 for at once
 * @param timeout nanoseconds it may run, 0 for no limit
 * @param queueTimeout nanoseconds it may wait, 0 for no limit
 */
record TaskSpec(int priority, long delay, long timeout, long queueTimeout) {

	static TaskSpec of(TaskOptions options) {
		return new TaskSpec(options.priority(), nanos(options.delay()), nanos(options.timeout()),
				nanos(options.queueTimeout()));
	}

	/** Saturates at half the clock's range, some 146 years, so that sums do not wrap. */
	static long nanos(Duration duration) {
		return (duration.toSeconds() < Long.MAX_VALUE / 2_000_000_000L) ? duration.toNanos() : Long.MAX_VALUE / 2;
	}

}
