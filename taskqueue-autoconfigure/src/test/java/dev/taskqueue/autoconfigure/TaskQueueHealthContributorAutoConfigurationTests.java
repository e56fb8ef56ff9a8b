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
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
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
		Health health = health(state, List.of());
		assertThat(health.getStatus()).isEqualTo(new Status(status));
		assertThat(health.getDetails()).containsEntry("state", state.name())
			.containsEntry("length", 0L)
			.containsEntry("readyWorkers", 0L);
	}

	@Test
	void downWhenNoWorkerLivesAndTheLastLaunchFailed() {
		Health health = health(QueueState.RUNNING, List.of(crash(CrashReason.KILLED), crash(CrashReason.START_FAILED)),
				WorkerState.STARTING);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", "START_FAILED")
			.containsEntry("failure", "no such\\u000aclass");
	}

	@ParameterizedTest
	@EnumSource(value = WorkerState.class, names = { "STANDBY", "IDLE", "BUSY", "STOPPING" })
	void degradedIsUp(WorkerState living) {
		Health health = health(QueueState.RUNNING, List.of(crash(CrashReason.START_FAILED)), living);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("readyWorkers", 1L).doesNotContainKey("failure");
	}

	@Test
	void aCrashUnderATaskIsNotAFailedLaunch() {
		Health health = health(QueueState.RUNNING,
				List.of(crash(CrashReason.START_FAILED), crash(CrashReason.OUT_OF_MEMORY)), WorkerState.STARTING);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
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

	private static Health health(QueueState state, List<WorkerCrash> crashes, WorkerState... workers) {
		StubTaskQueue queue = new StubTaskQueue();
		queue.snapshot = new TaskQueueSnapshot("stub", state, 0, 0, 0, 0, 0, 0, 0, 0,
				Stream.of(workers).map((worker) -> new WorkerSnapshot(42, worker, 0, Instant.EPOCH, null)).toList(),
				crashes);
		return new TaskQueueHealthIndicator(queue).health();
	}

	private static WorkerCrash crash(CrashReason reason) {
		return new WorkerCrash(Instant.EPOCH, null,
				new CrashReport(reason, 42, 1, null, Duration.ofSeconds(1), 0, List.of(), null, "no such\nclass"));
	}

}
