package dev.taskqueue.pool;

import java.util.TreeSet;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Deadlines on the monotonic clock, and what to do at each. Owned by the supervisor.
 * Cancelled timers are gone at once, so that a long limit of a short task holds nothing.
 */
final class Timers {

	private final TreeSet<Timer> timers = new TreeSet<>();

	private long sequence;

	/**
	 * Run an action at a deadline.
	 * @param deadline in nanoseconds of the monotonic clock
	 * @param action receives the time it runs at
	 * @return the timer, to cancel it
	 */
	Timer at(long deadline, LongConsumer action) {
		Timer timer = new Timer(deadline, this.sequence++, action);
		this.timers.add(timer);
		return timer;
	}

	void cancel(@Nullable Timer timer) {
		if (timer != null) {
			this.timers.remove(timer);
		}
	}

	void runDue(long now) {
		while (!this.timers.isEmpty() && this.timers.first().deadline - now <= 0) {
			Timer due = this.timers.first();
			this.timers.remove(due);
			due.action.accept(now);
		}
	}

	/**
	 * How long until the next timer.
	 * @param now the time
	 * @return nanoseconds, 0 if one is due, {@link Long#MAX_VALUE} if there is none
	 */
	long untilNext(long now) {
		return this.timers.isEmpty() ? Long.MAX_VALUE : Math.max(0, this.timers.first().deadline - now);
	}

	/** One deadline. */
	static final class Timer implements Comparable<Timer> {

		final long deadline;

		private final long sequence;

		private final LongConsumer action;

		private Timer(long deadline, long sequence, LongConsumer action) {
			this.deadline = deadline;
			this.sequence = sequence;
			this.action = action;
		}

		@Override
		public int compareTo(Timer other) {
			// By difference: the monotonic clock may wrap around
			int byDeadline = Long.signum(this.deadline - other.deadline);
			return (byDeadline != 0) ? byDeadline : Long.compare(this.sequence, other.sequence);
		}

	}

}
