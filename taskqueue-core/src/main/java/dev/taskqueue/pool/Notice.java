package dev.taskqueue.pool;

import dev.taskqueue.CrashReport;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling people about. Immutable.
 */
sealed interface Notice {

	/**
	 * One about a task and its attempt.
	 */
	sealed interface OfTask extends Notice {

		PoolHandle<?> task();

		/** Which attempt, from 1; 0 if there was none. */
		int attempt();

		/** The attempt's worker, -1 if there was none. */
		long pid();

		long waitedNanos();

		/** How long it ran; 0 while it does. */
		long runNanos();

	}

	/** A worker is ready for tasks. */
	record WorkerReady(long pid, long startupNanos) implements Notice {
	}

	/** A worker was told to leave. */
	record WorkerRecycled(long pid, String why, long served) implements Notice {
	}

	/** A worker nobody needs any more is being killed. */
	record WorkerDismissed(long pid, String why) implements Notice {
	}

	/** A worker is being killed. */
	record WorkerKilled(long pid, String why) implements Notice {
	}

	/**
	 * A worker that was ready ended without being told to.
	 *
	 * @param report what is known of it
	 * @param task the task it had begun, which tells the rest
	 */
	record WorkerLost(CrashReport report, @Nullable PoolHandle<?> task) implements Notice {
	}

	/** A worker ended before it was ready. */
	record LaunchFailed(CrashReport report, int inARow, long retryNanos) implements Notice {
	}

	/** Somebody connected to the workers' socket who is no worker. */
	record StrangerTurnedAway(String why) implements Notice {
	}

	/** The supervisor has met a fault of its own. */
	record Fault(Throwable thrown) implements Notice {
	}

	/** A task was sent to a worker that had nothing to do. */
	record TaskStarted(PoolHandle<?> task, int attempt, long pid, long waitedNanos) implements OfTask {

		@Override
		public long runNanos() {
			return 0;
		}

	}

	/**
	 * An attempt has failed, and another one will follow.
	 *
	 * @param task the task
	 * @param outcome how the attempt ended
	 * @param pid its worker
	 * @param attempt which one it was, from 1
	 * @param waitedNanos how long it had waited
	 * @param runNanos how long it ran
	 * @param retryNanos how long until the task is due again
	 */
	record TaskRetried(PoolHandle<?> task, Outcome outcome, long pid, int attempt, long waitedNanos, long runNanos,
			long retryNanos) implements OfTask {
	}

	/**
	 * A task is final.
	 *
	 * @param task the task
	 * @param outcome how it ended
	 * @param pid its worker, -1 if it had none
	 * @param attempt its last attempt, 0 if there was none
	 * @param waitedNanos how long it had waited
	 * @param runNanos how long it ran
	 */
	record TaskFinished(PoolHandle<?> task, Outcome outcome, long pid, int attempt, long waitedNanos,
			long runNanos) implements OfTask {
	}

}
