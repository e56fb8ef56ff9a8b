package dev.taskqueue.pool;

import dev.taskqueue.WorkerExit;

/**
 * Why the pool ends a worker.
 *
 * @param exit as what it is counted
 * @param text what the log says
 */
record EndReason(WorkerExit exit, String text) {

	static final EndReason TERMINATED = new EndReason(WorkerExit.TERMINATED, "the queue was terminated");

}
