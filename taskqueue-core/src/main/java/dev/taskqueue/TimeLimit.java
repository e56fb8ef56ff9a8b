package dev.taskqueue;

/**
 * The limits a task can reach.
 */
public enum TimeLimit {

	/** {@link TaskOptions#timeout(java.time.Duration)}: ran too long. */
	TIMEOUT,

	/** {@link TaskOptions#softTimeout(java.time.Duration)}: ran too long, interrupted. */
	SOFT_TIMEOUT,

	/** {@link TaskOptions#queueTimeout(java.time.Duration)}: waited too long. */
	QUEUE_TIMEOUT

}
