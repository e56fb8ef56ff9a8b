package dev.taskqueue.pool;

import java.time.Instant;
import java.util.List;

import dev.taskqueue.RunningTask;
import dev.taskqueue.WorkerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Workers as the outside sees them.
 */
final class Views {

	private Views() {
	}

	/**
	 * Picture the workers.
	 * @param workers the supervisor's workers
	 * @param nanos a moment on the monotonic clock
	 * @param wallClock the same moment on the wall
	 * @return immutable snapshots, in the same order
	 */
	static List<WorkerSnapshot> of(List<Worker> workers, long nanos, Instant wallClock) {
		return workers.stream().map((worker) -> {
			PoolTask task = worker.inFlight.peekFirst();
			return new WorkerSnapshot(worker.pid, worker.state(), worker.served,
					wallClock.plusNanos(worker.launchedAt - nanos),
					(task != null) ? running(task, nanos, wallClock) : null);
		}).toList();
	}

	private static @Nullable RunningTask running(PoolTask task, long nanos, Instant wallClock) {
		return new RunningTask(task.id(), task.handle.description(), task.handle.type(), task.attempt,
				wallClock.plusNanos(task.placed().startedAt - nanos), task.placed().progress);
	}

}
