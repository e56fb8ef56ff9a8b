package dev.taskqueue;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One consistent, immutable view of a queue. The record may grow components in later
 * versions.
 *
 * @param name the queue's name
 * @param state the queue's own state
 * @param delayed tasks that are not due yet
 * @param waiting tasks that are due and not started
 * @param running tasks that run in a worker
 * @param succeeded tasks that ended {@link TaskState#SUCCEEDED}
 * @param failed tasks that ended {@link TaskState#FAILED}
 * @param timedOut tasks that ended {@link TaskState#TIMED_OUT}
 * @param crashed tasks that ended {@link TaskState#CRASHED}
 * @param cancelled tasks that ended {@link TaskState#CANCELLED}
 * @param workers the worker processes that live at this moment, oldest first
 * @param crashes the last ten workers that crashed or did not come up, oldest first;
 * those that were killed for a timeout, a cancellation or at the end are none
 * @param failedLaunch the last launch of a worker, if it failed; {@code null} as soon as
 * one has come up, or the queue was started anew
 * @param totals what was summed up since the queue was built
 */
public record TaskQueueSnapshot(String name, QueueState state, long delayed, long waiting, long running, long succeeded,
		long failed, long timedOut, long crashed, long cancelled, List<WorkerSnapshot> workers,
		List<WorkerCrash> crashes, @Nullable WorkerCrash failedLaunch, TaskQueueTotals totals) {

	public TaskQueueSnapshot {
		workers = List.copyOf(workers);
		crashes = List.copyOf(crashes);
	}

	/**
	 * A view of a queue that sums up nothing, and launches nothing that could fail.
	 * @param name the queue's name
	 * @param state the queue's own state
	 * @param delayed tasks that are not due yet
	 * @param waiting tasks that are due and not started
	 * @param running tasks that run
	 * @param succeeded tasks that ended {@link TaskState#SUCCEEDED}
	 * @param failed tasks that ended {@link TaskState#FAILED}
	 * @param timedOut tasks that ended {@link TaskState#TIMED_OUT}
	 * @param crashed tasks that ended {@link TaskState#CRASHED}
	 * @param cancelled tasks that ended {@link TaskState#CANCELLED}
	 * @param workers the worker processes
	 * @param crashes the last workers that crashed
	 */
	public TaskQueueSnapshot(String name, QueueState state, long delayed, long waiting, long running, long succeeded,
			long failed, long timedOut, long crashed, long cancelled, List<WorkerSnapshot> workers,
			List<WorkerCrash> crashes) {
		this(name, state, delayed, waiting, running, succeeded, failed, timedOut, crashed, cancelled, workers, crashes,
				null, TaskQueueTotals.ZERO);
	}

	/**
	 * The same view with other workers.
	 * @param workers the workers, oldest first
	 * @return a copy
	 */
	public TaskQueueSnapshot withWorkers(List<WorkerSnapshot> workers) {
		return new TaskQueueSnapshot(this.name, this.state, this.delayed, this.waiting, this.running, this.succeeded,
				this.failed, this.timedOut, this.crashed, this.cancelled, workers, this.crashes, this.failedLaunch,
				this.totals);
	}

	/**
	 * Tasks added and not yet finished.
	 * @return the sum of delayed, waiting and running tasks
	 */
	public long length() {
		return this.delayed + this.waiting + this.running;
	}

	/**
	 * Tasks finished, whatever their outcome.
	 * @return the sum over all final states
	 */
	public long processed() {
		return this.succeeded + this.failed + this.timedOut + this.crashed + this.cancelled;
	}

}
