package dev.taskqueue.pool;

import dev.taskqueue.TaskProgress;
import org.jspecify.annotations.Nullable;

/**
 * A task's stay with a worker: from the sending until its attempt is over, or it is taken
 * back. Waiting tasks, of which there can be a million, have none. Owned by the
 * supervisor.
 */
final class Placement {

	final Worker worker;

	/** Where its claim stands in its worker's page. */
	final int slot;

	/** When the attempt began, as far as was seen; until then it was sent ahead. */
	long startedAt;

	/** The limits of the attempt, if it has any. */
	@Nullable RunLimits limits;

	/** What the attempt said of its progress. */
	@Nullable TaskProgress progress;

	/** Whether it had begun, if the worker has ended. */
	boolean begun;

	Placement(Worker worker, int slot) {
		this.worker = worker;
		this.slot = slot;
	}

}
