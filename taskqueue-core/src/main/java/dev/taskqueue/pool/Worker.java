package dev.taskqueue.pool;

import java.util.ArrayDeque;

import dev.taskqueue.CrashReport;
import dev.taskqueue.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * A worker process as the decisions see it. Owned by the supervisor.
 *
 * <pre>
 * STARTING ─▶ STANDBY ─▶ SERVING ─▶ STOPPING ─▶ (exited)
 *     └──────────┴──────────┴──────────┴─▶ DYING ─▶ (exited)
 * </pre>
 */
final class Worker {

	/** Where the worker is in its life. */
	enum Phase {

		/** Launched, not ready. */
		STARTING,

		/** Ready, waiting for a place among the serving. */
		STANDBY,

		/** Given tasks. */
		SERVING,

		/** Told to leave, without a task. */
		STOPPING,

		/** Killed or lost; it keeps its tasks until its end is confirmed. */
		DYING

	}

	/**
	 * What becomes of a task the worker had begun when it ended; {@code null} asks what
	 * is to be said of a worker that had none.
	 */
	@FunctionalInterface
	interface Verdict {

		/** It crashed. */
		Verdict CRASHED = (task, report) -> new Outcome.Crashed(report);

		Outcome on(@Nullable PoolTask task, CrashReport report);

	}

	/**
	 * Whose doing its end is.
	 */
	enum Ending {

		/** Its own, or an outsider's: news, and a failed launch if it was not ready. */
		ITS_OWN,

		/** Killed for a task's sake or its own. */
		KILLED,

		/** Told to leave, or killed because nobody needs it any more: no news. */
		DISMISSED

	}

	final int id;

	final long launchedAt;

	/** Tasks it may serve, 0 for no limit. */
	final int limit;

	/**
	 * Sent and not finished, in the order of sending; the first one runs, the others were
	 * sent ahead.
	 */
	final ArrayDeque<PoolTask> inFlight = new ArrayDeque<>(2);

	/** Since when the first one runs. */
	long headSince;

	/** Tasks it was sent and may not have looked at yet, those taken back included. */
	int unread;

	/** Why it is to leave as soon as it has no task, if it is. */
	@Nullable EndReason retiring;

	Phase phase = Phase.STARTING;

	/** Launched before anybody needs it, and not told to hurry. */
	boolean ahead;

	/** Whether it ever was ready: if not, its end is a failed launch. */
	boolean wasReady;

	long pid = -1;

	/** For how long it had tasks that are done, in nanoseconds. */
	long worked;

	long served;

	/** Its limit for starting or for leaving. */
	Timers.@Nullable Timer timer;

	Verdict verdict = Verdict.CRASHED;

	/** Why it is to leave once its successor is ready, if it is. */
	@Nullable EndReason wornOut;

	/** Its resident set in bytes when last looked at, and when that was. */
	long resident;

	long measuredAt;

	Ending ending = Ending.ITS_OWN;

	/** Why the pool ends it, if it does. */
	@Nullable EndReason endReason;

	private int nextSlot;

	Worker(int id, int limit, long launchedAt) {
		this.id = id;
		this.limit = limit;
		this.launchedAt = launchedAt;
		this.measuredAt = launchedAt;
	}

	/**
	 * Slots are used in turn, so a slot's task has ended long before it is used again.
	 */
	int nextSlot(int slots) {
		int slot = this.nextSlot;
		this.nextSlot = (slot + 1) % slots;
		this.unread++;
		return slot;
	}

	/** How many were sent after the one in this slot. */
	int sentAfter(int slot, int slots) {
		return Math.floorMod(this.nextSlot - 1 - slot, slots);
	}

	/** Whether its tasks are all it may serve. */
	boolean reachesLimit() {
		return this.limit > 0 && this.served + this.inFlight.size() >= this.limit;
	}

	/** Tasks it may still be given, where there is a limit. */
	long left() {
		return this.limit - this.served - this.inFlight.size();
	}

	boolean hasReachedLimit() {
		return this.limit > 0 && this.served >= this.limit;
	}

	/** Whether it is to leave so soon, if somebody takes its place. */
	boolean isRetiringWithin(long nanos) {
		return this.wornOut != null || reachesLimitWithin(nanos);
	}

	/**
	 * Whether its last task may end so soon, if tasks like those before came without a
	 * pause from now on.
	 */
	boolean reachesLimitWithin(long nanos) {
		if (this.limit == 0) {
			return false;
		}
		long left = this.limit - this.served;
		if (left <= 1) {
			return true;
		}
		return this.served > 0 && this.worked / this.served < nanos / left;
	}

	WorkerState state() {
		return switch (this.phase) {
			case STARTING -> WorkerState.STARTING;
			case STANDBY -> WorkerState.STANDBY;
			case SERVING -> this.inFlight.isEmpty() ? WorkerState.IDLE : WorkerState.BUSY;
			case STOPPING -> WorkerState.STOPPING;
			case DYING -> WorkerState.DYING;
		};
	}

	@Override
	public String toString() {
		return (this.pid >= 0) ? "worker " + this.pid : "worker #" + this.id;
	}

}
