package dev.taskqueue.autoconfigure;

import java.util.List;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueue;
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

	private static Gauge gauge(MeterRegistry registry, String name, String queue) {
		return registry.get(name).tag("queue", queue).gauge();
	}

}
