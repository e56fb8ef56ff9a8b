package dev.taskqueue.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskQueueTotals;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TaskQueueHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class,
				TaskQueueHealthContributorAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false");

	@ParameterizedTest
	@CsvSource({ "CREATED, UNKNOWN", "RUNNING, UP", "PAUSED, UP", "TERMINATING, UP", "TERMINATED, OUT_OF_SERVICE" })
	void healthFollowsTheQueuesState(QueueState state, String status) {
		Health health = health(state, null);
		assertThat(health.getStatus()).isEqualTo(new Status(status));
		assertThat(health.getDetails()).containsEntry("state", state.name())
			.containsEntry("length", 0L)
			.containsEntry("readyWorkers", 0L);
	}

	@ParameterizedTest
	@EnumSource(value = QueueState.class, names = { "RUNNING", "PAUSED" })
	void downWhenNoWorkerLivesAndTheLastLaunchFailed(QueueState state) {
		CrashReport report = new CrashReport(CrashReason.START_FAILED, 42, 1, null, Duration.ofSeconds(1), 0,
				List.of("Unrecognized VM option\u0007", "Error"), null, null);
		Health health = health(state, report, WorkerState.STARTING, WorkerState.DYING);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", "START_FAILED")
			.containsEntry("exitCode", 1)
			.hasEntrySatisfying("description",
					(text) -> assertThat(text).asString().contains("Unrecognized VM option\\u0007"))
			.hasEntrySatisfying("action", (action) -> assertThat(action).asString().contains("worker.jvm-args"))
			.containsEntry("stderr", List.of("Unrecognized VM option\\u0007", "Error"));
	}

	@Test
	void aContextThatDidNotStartIsExplainedWhole() {
		CrashReport report = new CrashReport(CrashReason.START_FAILED, 42, 70, null, Duration.ofSeconds(1), 0,
				List.of(), null, "x".repeat(500) + ".\n\nAction: define a bean");
		assertThat(health(QueueState.RUNNING, report).getDetails()).hasEntrySatisfying("description",
				(text) -> assertThat(text).asString().endsWith("x. Action: define a bean"));
	}

	@ParameterizedTest
	@EnumSource(value = WorkerState.class, names = { "STANDBY", "IDLE", "BUSY", "STOPPING" })
	void degradedIsUp(WorkerState living) {
		Health health = health(QueueState.RUNNING, failedLaunch(), living);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("readyWorkers", 1L).doesNotContainKey("reason");
	}

	@ParameterizedTest
	@CsvSource({ "CREATED, UNKNOWN", "TERMINATING, UP", "TERMINATED, OUT_OF_SERVICE" })
	void whereNothingIsToBeLaunchedAFailedLaunchDoesNotCount(QueueState state, String status) {
		assertThat(health(state, failedLaunch()).getStatus()).isEqualTo(new Status(status));
	}

	@Test
	void aCheckDoesNotAskTheSupervisor() {
		StubTaskQueue queue = new StubTaskQueue() {

			@Override
			public TaskQueueSnapshot snapshot() {
				throw new AssertionError("a health check must not wait");
			}

			@Override
			public TaskQueueSnapshot recentSnapshot() {
				return this.snapshot;
			}

		};
		assertThat(new TaskQueueHealthIndicator(queue).health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void everyQueueHasItsComponent() {
		this.runner.withBean("mail", TaskQueue.class, () -> StubTaskQueue.of(3, 40))
			.withBean("video", TaskQueue.class, () -> StubTaskQueue.of(5, 60))
			.run((context) -> assertThat(context.getBean("taskqueueHealthContributor", CompositeHealthContributor.class)
				.stream()
				.map(HealthContributors.Entry::name)).containsExactlyInAnyOrder("mail", "video"));
	}

	@Test
	void backsOffWithoutAQueue() {
		this.runner.withPropertyValues("taskqueue.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("taskqueueHealthContributor"));
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.taskqueue.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(TaskQueue.class)
				.doesNotHaveBean("taskqueueHealthContributor"));
	}

	private static Health health(QueueState state, @Nullable CrashReport failedLaunch, WorkerState... workers) {
		StubTaskQueue queue = new StubTaskQueue();
		queue.snapshot = new TaskQueueSnapshot("stub", state, 0, 0, 0, 0, 0, 0, 0, 0,
				Stream.of(workers).map((worker) -> new WorkerSnapshot(42, worker, 0, Instant.EPOCH, null)).toList(),
				List.of(), (failedLaunch != null) ? new WorkerCrash(Instant.EPOCH, null, failedLaunch) : null,
				TaskQueueTotals.ZERO);
		return new TaskQueueHealthIndicator(queue).health();
	}

	private static CrashReport failedLaunch() {
		return new CrashReport(CrashReason.START_FAILED, 42, 1, null, Duration.ofSeconds(1), 0, List.of(), null, null);
	}

}
