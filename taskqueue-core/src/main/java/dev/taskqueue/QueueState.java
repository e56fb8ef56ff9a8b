package dev.taskqueue;

/**
 * Where a {@link TaskQueue} is in its life.
 */
public enum QueueState {

	/** Built, never started: tasks can be added and wait. */
	CREATED,

	/** Started: workers run tasks. */
	RUNNING,

	/** Paused: running tasks go on, no new one starts. */
	PAUSED,

	/** Closed to new tasks; what was added is drained until the deadline. */
	TERMINATING,

	/** Closed, no worker process left. {@link TaskQueue#start()} opens it again. */
	TERMINATED

}
