package dev.taskqueue.autoconfigure;

import dev.taskqueue.CrashReport;
import dev.taskqueue.StartFailure;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerCrash;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of one queue. It is up also while it starts, is paused or has fewer workers
 * than it should: tasks are kept, and run. It is down only when no task can run: no
 * worker lives, and the last launch of one failed. Looks at what the queue has published,
 * so that a check never waits. Thread-safe.
 */
final class TaskQueueHealthIndicator implements HealthIndicator {

	/** A context's failure analysis is worth to be read whole. */
	private static final int LONGEST_DESCRIPTION = 2000;

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
		TaskQueueSnapshot snapshot = this.queue.recentSnapshot();
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
				WorkerCrash failedLaunch = snapshot.failedLaunch();
				if (ready > 0 || failedLaunch == null) {
					health.up();
				}
				else {
					down(health, failedLaunch.report());
				}
			}
		}
		return health.build();
	}

	private static void down(Health.Builder health, CrashReport failure) {
		StartFailure why = StartFailure.of(failure);
		health.down()
			.withDetail("reason", failure.reason().name())
			.withDetail("description", VisibleText.of(why.description().replaceAll("\\s+", " "), LONGEST_DESCRIPTION))
			.withDetail("action", why.action());
		if (failure.exitCode() != null) {
			health.withDetail("exitCode", failure.exitCode());
		}
		if (!failure.stderrTail().isEmpty()) {
			// It ran no task that could have written it
			health.withDetail("stderr", failure.stderrTail().stream().map(VisibleText::of).toList());
		}
	}

}
