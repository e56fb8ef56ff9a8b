package dev.taskqueue;

import java.util.Map;

/**
 * What a queue has summed up since it was built: for meters, which want totals that are
 * exact and cost nothing per task. The record may grow components in later versions.
 *
 * @param runs by final state, the tasks that ended in it, and how long they had run, all
 * attempts together; states no task has ended in can be absent
 * @param waits the attempts that were started, and how long they had waited for that from
 * when they were due
 * @param exits by reason, the worker processes that have ended; reasons that have not
 * occurred can be absent
 */
public record TaskQueueTotals(Map<TaskState, TimeTotal> runs, TimeTotal waits, Map<WorkerExit, Long> exits) {

	/** Of a queue in which nothing has happened. */
	public static final TaskQueueTotals ZERO = new TaskQueueTotals(Map.of(), TimeTotal.ZERO, Map.of());

	public TaskQueueTotals {
		runs = Map.copyOf(runs);
		exits = Map.copyOf(exits);
	}

	/**
	 * The tasks that ended in a state.
	 * @param outcome a final state
	 * @return how many, and how long they had run
	 */
	public TimeTotal runs(TaskState outcome) {
		return this.runs.getOrDefault(outcome, TimeTotal.ZERO);
	}

	/**
	 * The worker processes that ended for a reason.
	 * @param reason the reason
	 * @return how many
	 */
	public long exits(WorkerExit reason) {
		return this.exits.getOrDefault(reason, 0L);
	}

}
