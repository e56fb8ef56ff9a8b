package dev.taskqueue;

import java.time.Duration;

/**
 * Is told what happens in a queue: for metrics, alerts, and records of one's own.
 * <p>
 * All methods are called on one thread of the queue's, in the order in which things
 * happened. A listener may be slow or throw without harm to the queue: events wait for
 * it, up to 10,000 of them; what is over that is lost, counted, and said in the log. Who
 * was told that an attempt has started is always told that it has ended, unless the
 * attempt's worker ended before it had begun: then it starts again. What a listener
 * throws is logged. There is no order between a {@link TaskHandle#join()} that returns
 * and the event of the same end.
 */
public interface TaskQueueListener {

	/**
	 * An attempt was sent to a worker that had nothing to do.
	 * @param task the task and its attempt
	 */
	default void taskStarted(TaskEvent task) {
	}

	/**
	 * An attempt has failed, and another one will follow.
	 * @param task the task and the attempt that failed
	 * @param end how it failed
	 * @param backoff how long until the task is due again
	 */
	default void taskRetried(TaskEvent task, TaskEvent.End end, Duration backoff) {
	}

	/**
	 * A task has reached its final state.
	 * @param task the task and its last attempt
	 * @param end its final state, and what it failed with
	 */
	default void taskFinished(TaskEvent task, TaskEvent.End end) {
	}

	/**
	 * A worker is ready for tasks.
	 * @param queue the queue's name
	 * @param pid its process id
	 * @param startup from its launch to now
	 */
	default void workerReady(String queue, long pid, Duration startup) {
	}

	/**
	 * A worker was asked to leave: it is to be recycled, or the queue is terminated.
	 * @param queue the queue's name
	 * @param pid its process id
	 * @param why the reason, as in the log
	 */
	default void workerRecycled(String queue, long pid, String why) {
	}

	/**
	 * A worker is being killed, for a limit, a cancellation or a fault.
	 * @param queue the queue's name
	 * @param pid its process id, {@code -1} while it is not known
	 * @param why the reason, as in the log
	 */
	default void workerKilled(String queue, long pid, String why) {
	}

	/**
	 * A worker that was ready has ended without being told to.
	 * @param queue the queue's name
	 * @param report what is known of it
	 */
	default void workerCrashed(String queue, CrashReport report) {
	}

	/**
	 * A worker has ended before it was ready.
	 * @param queue the queue's name
	 * @param report what is known of it
	 */
	default void launchFailed(String queue, CrashReport report) {
	}

}
