package dev.taskqueue;

/**
 * Where a queue runs its tasks.
 */
public enum QueueMode {

	/** In worker processes. */
	PROCESS,

	/**
	 * In the thread that adds them, without any process: for tests. The queue is an
	 * {@link dev.taskqueue.test.InlineTaskQueue}.
	 */
	INLINE

}
