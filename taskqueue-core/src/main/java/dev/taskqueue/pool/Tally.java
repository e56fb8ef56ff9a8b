package dev.taskqueue.pool;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskQueueTotals;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeTotal;
import dev.taskqueue.WorkerSnapshot;

/**
 * The supervisor's counts. Owned by the supervisor.
 */
final class Tally {

	/** A sum that grows: how often, and how long. */
	private static final class Sum {

		private long count;

		private long nanos;

		void add(long duration) {
			this.count++;
			this.nanos += duration;
		}

		TimeTotal total() {
			return new TimeTotal(this.count, Duration.ofNanos(this.nanos));
		}

	}

	long delayed;

	long running;

	/** By final state: tasks, and how long they ran. */
	private final Map<TaskState, Sum> runs = new EnumMap<>(TaskState.class);

	private final Sum waits = new Sum();

	void started(long waited) {
		this.running++;
		this.waits.add(waited);
	}

	void finished(TaskState from, TaskState to, long ran) {
		if (from == TaskState.RUNNING) {
			this.running--;
		}
		else if (from == TaskState.DELAYED) {
			this.delayed--;
		}
		this.runs.computeIfAbsent(to, (state) -> new Sum()).add(ran);
	}

	TaskQueueSnapshot snapshot(String name, QueueState state, long waiting, List<WorkerSnapshot> workers,
			EndedWorkers.View gone) {
		Map<TaskState, TimeTotal> ran = new EnumMap<>(TaskState.class);
		this.runs.forEach((outcome, sum) -> ran.put(outcome, sum.total()));
		TaskQueueTotals totals = new TaskQueueTotals(ran, this.waits.total(), gone.exits());
		return new TaskQueueSnapshot(name, state, this.delayed, waiting, this.running, count(TaskState.SUCCEEDED),
				count(TaskState.FAILED), count(TaskState.TIMED_OUT), count(TaskState.CRASHED),
				count(TaskState.CANCELLED), workers, gone.crashes(), gone.failedLaunch(), totals);
	}

	private long count(TaskState state) {
		Sum sum = this.runs.get(state);
		return (sum != null) ? sum.count : 0;
	}

}
