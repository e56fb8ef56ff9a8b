package dev.taskqueue.pool;

import org.jspecify.annotations.Nullable;

/**
 * A termination under way. Owned by the supervisor.
 */
final class Termination {

	/** On the monotonic clock. */
	final long deadline;

	/** Whether what waits has no chance to run any more. */
	boolean cancelsWaiting;

	/** Tasks it has not let end by themselves. */
	long cancelled;

	Timers.@Nullable Timer timer;

	Termination(long deadline, boolean cancelsWaiting) {
		this.deadline = deadline;
		this.cancelsWaiting = cancelsWaiting;
	}

}
