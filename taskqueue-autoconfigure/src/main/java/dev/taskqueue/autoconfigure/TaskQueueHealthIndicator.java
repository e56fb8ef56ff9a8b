package dev.taskqueue.autoconfigure;

import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerCrash;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of one queue. It is up also while it starts, is paused or has fewer workers
 * than it should: tasks are kept, and run. It is down only when no task can run: no
 * worker lives, and the last worker that was lost did not even start. Thread-safe.
 */
final class TaskQueueHealthIndicator implements HealthIndicator {

	private final TaskQueue queue;

	/**
	 * Create an indicator.
	 * @param queue the queue to look at
	 */
	TaskQueueHealthIndicator(TaskQueue queue) {
		this.queue = queue;
	}

	@Override
	public Health health() {
		TaskQueueSnapshot snapshot = this.queue.snapshot();
		long ready = snapshot.workers().stream().filter((worker) -> switch (worker.state()) {
			case STANDBY, IDLE, BUSY, STOPPING -> true;
			case STARTING, DYING -> false;
		}).count();
		Health.Builder health = new Health.Builder().withDetail("state", snapshot.state().name())
			.withDetail("length", snapshot.length())
			.withDetail("readyWorkers", ready);
		switch (snapshot.state()) {
			case CREATED -> health.unknown();
			case TERMINATED -> health.outOfService();
			case TERMINATING -> health.up();
			case RUNNING, PAUSED -> {
				CrashReport failure = (ready == 0) ? failedStart(snapshot.crashes()) : null;
				if (failure == null) {
					health.up();
				}
				else {
					health.down().withDetail("reason", failure.reason().name());
					if (failure.detail() != null) {
						health.withDetail("failure", VisibleText.of(failure.detail()));
					}
				}
			}
		}
		return health.build();
	}

	private static @Nullable CrashReport failedStart(List<WorkerCrash> crashes) {
		if (crashes.isEmpty()) {
			return null;
		}
		CrashReport last = crashes.get(crashes.size() - 1).report();
		return (last.reason() == CrashReason.START_FAILED) ? last : null;
	}

}
