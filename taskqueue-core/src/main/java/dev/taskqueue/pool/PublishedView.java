package dev.taskqueue.pool;

import java.time.Instant;

import dev.taskqueue.TaskQueueSnapshot;

/**
 * The view of the pool that anybody may look at without asking the supervisor, who writes
 * it: at once where the last one is old enough, so that a busy pool pays for a hundred
 * views a second at most, and otherwise as soon as it is. Nothing is published, and
 * nobody woken, while nothing happens.
 */
final class PublishedView {

	static final long INTERVAL = 10_000_000L;

	/** One moment on both clocks, from which all times that are shown are counted. */
	private final long builtNanos = System.nanoTime();

	private final Instant builtAt = Instant.now();

	private volatile TaskQueueSnapshot latest;

	private long publishedAt = this.builtNanos - INTERVAL;

	/** Whether something may have happened since. */
	private boolean behind;

	PublishedView(PoolDecisions pool) {
		this.latest = of(pool);
	}

	/** What was published last. For any thread. */
	TaskQueueSnapshot latest() {
		return this.latest;
	}

	/** The pool as it is now. */
	TaskQueueSnapshot of(PoolDecisions pool) {
		return pool.snapshot(this.builtNanos, this.builtAt);
	}

	/** The supervisor has dealt with something. */
	void follow(PoolDecisions pool, long now) {
		// A terminated pool's thread is about to end: nobody would come back
		this.behind = untilNext(now) > 0 && !pool.isTerminated();
		if (!this.behind) {
			this.latest = of(pool);
			this.publishedAt = now;
		}
	}

	/** Nanoseconds until there is something to publish. */
	long untilDue(long now) {
		return this.behind ? untilNext(now) : Long.MAX_VALUE;
	}

	private long untilNext(long now) {
		return Math.max(0, this.publishedAt + INTERVAL - now);
	}

}
