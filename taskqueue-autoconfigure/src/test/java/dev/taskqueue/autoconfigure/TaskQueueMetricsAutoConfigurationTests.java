package dev.taskqueue.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskQueueTotals;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeTotal;
import dev.taskqueue.WorkerExit;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TaskQueueMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskQueueAutoConfiguration.class, TaskQueueMetricsAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false");

	private final ApplicationContextRunner withRegistry = this.runner
		.withConfiguration(AutoConfigurations.of(SimpleMetricsExportAutoConfiguration.class));

	@Test
	void theQueueHasItsGauges() {
		this.withRegistry.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (String name : List.of("taskqueue.length", "taskqueue.processed")) {
				Meter.Id id = registry.get(name).tag("queue", "taskQueue").gauge().getId();
				assertThat(id.getBaseUnit()).isEqualTo("tasks");
				assertThat(id.getDescription()).startsWith("Tasks ");
			}
		});
	}

	@Test
	void gaugesFollowTheQueueOfTheirTag() {
		StubTaskQueue mail = StubTaskQueue.of(3, 40);
		this.withRegistry.withBean("mail", TaskQueue.class, () -> mail)
			.withBean("video", TaskQueue.class, () -> StubTaskQueue.of(5, 60))
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(gauge(registry, "taskqueue.length", "mail").value()).isEqualTo(3);
				assertThat(gauge(registry, "taskqueue.processed", "mail").value()).isEqualTo(40);
				assertThat(gauge(registry, "taskqueue.length", "video").value()).isEqualTo(5);
				assertThat(gauge(registry, "taskqueue.processed", "video").value()).isEqualTo(60);
				mail.snapshot = StubTaskQueue.snapshot(QueueState.RUNNING, 2, 41);
				assertThat(gauge(registry, "taskqueue.length", "mail").value()).isEqualTo(2);
				assertThat(gauge(registry, "taskqueue.processed", "mail").value()).isEqualTo(41);
			});
	}

	@Test
	void metersReadWhatTheQueueHasPublished() {
		TaskQueueTotals totals = new TaskQueueTotals(
				Map.of(TaskState.SUCCEEDED, new TimeTotal(7, Duration.ofMillis(1500)), TaskState.TIMED_OUT,
						new TimeTotal(1, Duration.ofSeconds(9))),
				new TimeTotal(9, Duration.ofMillis(250)), Map.of(WorkerExit.AGE, 3L, WorkerExit.TIMEOUT, 1L));
		StubTaskQueue queue = heldUp();
		queue.snapshot = new TaskQueueSnapshot("stub", QueueState.RUNNING, 1, 2, 3, 7, 0, 1, 0, 0,
				List.of(worker(WorkerState.BUSY), worker(WorkerState.BUSY), worker(WorkerState.STANDBY)), List.of(),
				null, totals);
		this.withRegistry.withBean("mail", TaskQueue.class, () -> queue).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(gauge(registry, "taskqueue.delayed", "mail").value()).isEqualTo(1);
			assertThat(gauge(registry, "taskqueue.waiting", "mail").value()).isEqualTo(2);
			assertThat(gauge(registry, "taskqueue.running", "mail").value()).isEqualTo(3);
			assertThat(registry.get("taskqueue.workers").tags("queue", "mail", "state", "busy").gauge().value())
				.isEqualTo(2);
			assertThat(registry.get("taskqueue.workers").tags("queue", "mail", "state", "idle").gauge().value())
				.isZero();
			FunctionTimer runs = registry.get("taskqueue.tasks")
				.tags("queue", "mail", "outcome", "succeeded")
				.functionTimer();
			assertThat(runs.count()).isEqualTo(7);
			assertThat(runs.totalTime(TimeUnit.SECONDS)).isEqualTo(1.5);
			FunctionTimer waits = registry.get("taskqueue.wait").tags("queue", "mail").functionTimer();
			assertThat(waits.count()).isEqualTo(9);
			assertThat(waits.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
			assertThat(registry.get("taskqueue.worker.exits")
				.tags("queue", "mail", "reason", "age")
				.functionCounter()
				.count()).isEqualTo(3);
		});
	}

	@Test
	void everyOutcomeStateAndReasonHasItsMeterFromTheStart() {
		this.withRegistry.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(values(registry, "taskqueue.tasks", "outcome")).containsExactlyInAnyOrder("succeeded", "failed",
					"timed_out", "crashed", "cancelled");
			assertThat(values(registry, "taskqueue.workers", "state")).containsExactlyInAnyOrder("starting", "standby",
					"idle", "busy", "stopping", "dying");
			assertThat(values(registry, "taskqueue.worker.exits", "reason")).containsExactlyInAnyOrder("requests",
					"age", "memory", "fatal_error", "terminated", "timeout", "cancelled", "exited", "out_of_memory",
					"native_crash", "killed", "channel_corrupt", "start_failed");
		});
	}

	@Test
	void gaugesAreNotBoundTwiceWithARegistryOfTheApplicationsOwn() {
		this.runner.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context.getBean(MeterRegistry.class).find("taskqueue.length").gauges())
				.hasSize(1));
	}

	@Test
	void backsOffWithoutAQueue() {
		this.withRegistry.withPropertyValues("taskqueue.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(MeterRegistry.class)
				.doesNotHaveBean(TaskQueueMetrics.class));
	}

	@Test
	void backsOffWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TaskQueueAutoConfiguration.class, TaskQueueMetricsAutoConfiguration.class))
			.withPropertyValues("taskqueue.auto-startup=false")
			.run((context) -> assertThat(context).hasSingleBean(TaskQueue.class)
				.doesNotHaveBean(TaskQueueMetrics.class));
	}

	@Test
	void backsOffWithoutMicrometer() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TaskQueueAutoConfiguration.class, TaskQueueMetricsAutoConfiguration.class))
			.withPropertyValues("taskqueue.auto-startup=false")
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TaskQueue.class)
				.doesNotHaveBean("taskQueueMetrics"));
	}

	/** A queue whose own thread does not answer. */
	private static StubTaskQueue heldUp() {
		return new StubTaskQueue() {

			@Override
			public TaskQueueSnapshot snapshot() {
				throw new AssertionError("a meter must not ask the supervisor");
			}

			@Override
			public TaskQueueSnapshot recentSnapshot() {
				return this.snapshot;
			}

		};
	}

	private static WorkerSnapshot worker(WorkerState state) {
		return new WorkerSnapshot(42, state, 0, Instant.EPOCH, null);
	}

	private static List<String> values(MeterRegistry registry, String meter, String tag) {
		return registry.get(meter)
			.tag("queue", "taskQueue")
			.meters()
			.stream()
			.map((found) -> found.getId().getTag(tag))
			.toList();
	}

	private static Gauge gauge(MeterRegistry registry, String name, String queue) {
		return registry.get(name).tag("queue", queue).gauge();
	}

}
