package dev.taskqueue.pool;

import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * How launches go here: how long one takes, and how long the next one is put off after
 * one that has led to nothing. Owned by the supervisor.
 */
final class Launches {

	private static final long FIRST_BACKOFF = 100_000_000L;

	private static final long LONGEST_BACKOFF = 10_000_000_000L;

	private final Timers timers;

	/** What one takes, in nanoseconds; a second until one was measured. */
	private long duration = 1_000_000_000L;

	/** In a row. */
	private int failures;

	/** Workers in a row that ended by themselves before anybody had used them. */
	private int unused;

	/** Set while the next one is put off. */
	private Timers.@Nullable Timer backoff;

	Launches(Timers timers) {
		this.timers = timers;
	}

	/** What one takes, in nanoseconds. */
	long duration() {
		return this.duration;
	}

	/** How many have failed since the last one that has not. */
	int failures() {
		return this.failures;
	}

	boolean arePutOff() {
		return this.backoff != null;
	}

	/** One has taken so long, and there is a worker. */
	void succeeded(long took) {
		this.failures = 0;
		this.duration += (took - this.duration) / 2;
	}

	/**
	 * A process ended before it was ready. Those that were launched with it do not count
	 * again.
	 * @param now when
	 * @param retry called when there may be another one
	 * @return how long that takes, in nanoseconds
	 */
	long failed(long now, LongConsumer retry) {
		if (this.backoff == null) {
			this.failures++;
		}
		return putOff(this.failures - 1, now, retry);
	}

	/** Somebody has used a worker. */
	void used() {
		this.unused = 0;
	}

	/**
	 * A worker that was ready has ended by itself before anybody had used it.
	 * @param bearable how many may do so in a row before the next launch is put off
	 * @param now when
	 * @param retry called when there may be another one
	 */
	void unused(int bearable, long now, LongConsumer retry) {
		this.unused++;
		if (this.unused > bearable) {
			putOff(this.unused - bearable - 1, now, retry);
		}
	}

	/** Forget what has failed: somebody starts the queue anew. */
	void reset() {
		this.timers.cancel(this.backoff);
		this.backoff = null;
		this.failures = 0;
		this.unused = 0;
	}

	/** Never to an earlier time than before. */
	private long putOff(int before, long now, LongConsumer retry) {
		long delay = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(10, Math.max(0, before)));
		if (this.backoff != null) {
			delay = Math.max(delay, this.backoff.deadline - now);
		}
		this.timers.cancel(this.backoff);
		this.backoff = this.timers.at(now + delay, (then) -> {
			this.backoff = null;
			retry.accept(then);
		});
		return delay;
	}

}
