package dev.taskqueue.pool;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerSnapshot;

/**
 * The supervisor's counts. Owned by the supervisor.
 */
final class Tally {

	long delayed;

	long running;

	private final Map<TaskState, Long> ended = new EnumMap<>(TaskState.class);

	void finished(TaskState from, TaskState to) {
		if (from == TaskState.RUNNING) {
			this.running--;
		}
		else if (from == TaskState.DELAYED) {
			this.delayed--;
		}
		this.ended.merge(to, 1L, Long::sum);
	}

	TaskQueueSnapshot snapshot(String name, QueueState state, long waiting, List<WorkerSnapshot> workers,
			List<WorkerCrash> crashes) {
		return new TaskQueueSnapshot(name, state, this.delayed, waiting, this.running, count(TaskState.SUCCEEDED),
				count(TaskState.FAILED), count(TaskState.TIMED_OUT), count(TaskState.CRASHED),
				count(TaskState.CANCELLED), workers, crashes);
	}

	private long count(TaskState state) {
		return this.ended.getOrDefault(state, 0L);
	}

}
