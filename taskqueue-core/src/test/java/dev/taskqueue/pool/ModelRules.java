package dev.taskqueue.pool;

import java.util.Collection;
import java.util.List;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds after every event.
 *
 * @param gate the pool's gate
 * @param processes what really exists
 * @param all every task that ever passed the gate
 * @param underWay those that did not arrive yet
 * @param workerCount the most workers that may serve
 */
record ModelRules(Gate gate, ModelProcesses processes, List<PoolTask> all, Collection<PoolTask> underWay,
		int workerCount) {

	void check(TaskQueueSnapshot seen) {
		counts(seen);
		workers(seen);
		outcomes();
		if (seen.state() == QueueState.TERMINATED) {
			assertThat(this.processes.alive).as("processes at the end").isEmpty();
			assertThat(this.gate.isDrained()).as("drained at the end").isTrue();
		}
	}

	private void counts(TaskQueueSnapshot seen) {
		assertThat(seen.length() + this.underWay.size()).as("length").isEqualTo(this.gate.length());
		assertThat(seen.processed()).as("processed").isEqualTo(this.gate.processed());
		assertThat(seen.processed()).as("told to be final").isEqualTo(this.processes.finished.size());
		assertThat(count(TaskState.RUNNING)).as("running").isEqualTo(seen.running());
		assertThat(count(TaskState.WAITING) + count(TaskState.DELAYED)).as("not running")
			.isEqualTo(seen.waiting() + seen.delayed() + this.underWay.size());
	}

	private void workers(TaskQueueSnapshot seen) {
		assertThat(seen.workers()).as("processes").hasSize(this.processes.alive.size());
		assertThat(seen.workers().size()).as("processes")
			.isLessThanOrEqualTo(this.workerCount + Math.max(1, this.workerCount / 4));
		assertThat(seen.workers().stream().filter((worker) -> worker.task() != null).count()).as("tasks with workers")
			.isEqualTo(seen.running());
		assertThat(seen.workers()
			.stream()
			.filter((worker) -> worker.state() == WorkerState.IDLE || worker.state() == WorkerState.BUSY)
			.count()).as("serving").isLessThanOrEqualTo(this.workerCount);
	}

	/** Once the pool has proceeded, nobody waits while a worker has nothing to do. */
	void work(TaskQueueSnapshot seen) {
		boolean open = seen.state() == QueueState.RUNNING || seen.state() == QueueState.TERMINATING;
		if (open && seen.waiting() > 0) {
			assertThat(seen.workers()).as("workers while %d tasks wait", seen.waiting())
				.noneMatch((worker) -> worker.state() == WorkerState.IDLE);
		}
	}

	private void outcomes() {
		assertThat(this.processes.finished.values()).as("final states a task").allMatch((times) -> times == 1);
		assertThat(this.processes.begun.entrySet()).as("times a task was begun")
			.allMatch((begun) -> begun.getValue() <= begun.getKey().spec.retry().maxAttempts());
		assertThat(this.all).as("final if told so")
			.allMatch((task) -> task.handle.state().isFinal() == this.processes.finished.containsKey(task.handle));
	}

	private long count(TaskState state) {
		return this.all.stream().filter((task) -> task.handle.state() == state).count();
	}

}
