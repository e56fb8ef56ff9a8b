package dev.taskqueue.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueState;
import dev.taskqueue.TaskContext;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.test.InlineTaskQueue;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.annotation.Order;
import org.springframework.test.util.ReflectionTestUtils;

import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TaskQueueAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class, LifecycleAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false");

	@Test
	void buildsAQueueAndDoesNotStartIt() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(TaskQueue.class).hasBean("taskQueue");
			assertThat(context.getBean(TaskQueue.class).snapshot().state()).isEqualTo(QueueState.CREATED);
			assertThat(context.getBean(TaskQueue.class).snapshot().name()).isEqualTo("taskQueue");
		});
	}

	@Test
	void theQueueStartsWithTheContextUnlessToldOtherwise() {
		this.runner.run((context) -> assertThat(context.getBean(TaskQueueStart.class).isAutoStartup()).isFalse());
		// Without the processor, a context only refreshes: nothing may start here.
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class))
			.withBean("lifecycleProcessor", InertLifecycleProcessor.class)
			.run((context) -> {
				assertThat(context.getBean(TaskQueueStart.class).isAutoStartup()).isTrue();
				assertThat(context.getBean(TaskQueue.class).snapshot().state()).isEqualTo(QueueState.CREATED);
			});
	}

	@Test
	void closingTheContextTerminatesAQueueThatNeverStarted() {
		List<TaskQueue> queues = new ArrayList<>();
		this.runner.run((context) -> queues.add(context.getBean(TaskQueue.class)));
		assertThat(queues).singleElement()
			.satisfies(
					(queue) -> assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.add(() -> {
					})));
	}

	@Test
	void inlineModeRunsTasksInTheCallingThreadWithTheSameSettings() {
		List<String> told = new CopyOnWriteArrayList<>();
		this.runner.withBean(TaskQueueListener.class, () -> new Told(told, "listener", 1))
			.withBean(TaskQueueCustomizer.class, () -> (builder) -> builder.name("customized"))
			.withPropertyValues("taskqueue.auto-startup=true", "taskqueue.mode=inline", "taskqueue.max-payload=1KB",
					"taskqueue.task.max-attempts=2")
			.run((context) -> {
				InlineTaskQueue queue = (InlineTaskQueue) context.getBean(TaskQueue.class);
				assertThat(queue.snapshot().state()).isEqualTo(QueueState.RUNNING);
				assertThat(queue.snapshot().name()).isEqualTo("customized");
				assertThat(queue.submit(() -> Thread.currentThread().getName()).join())
					.isEqualTo(Thread.currentThread().getName());
				byte[] large = new byte[2000];
				assertThatExceptionOfType(PayloadTooLargeException.class)
					.isThrownBy(() -> queue.submit(() -> large.length));
				assertThat(queue.submit(() -> {
					if (TaskContext.current().attempt() == 1) {
						throw new IllegalStateException("first");
					}
					return "second";
				}).join()).isEqualTo("second");
				assertThat(told).containsExactly("listener SUCCEEDED", "listener SUCCEEDED");
				assertThat(ProcessHandle.current().children()).isEmpty();
			});
	}

	@Test
	void inlineModeIsHealthyAndShownWithoutWorkers() {
		this.runner.withPropertyValues("taskqueue.auto-startup=true", "taskqueue.mode=inline").run((context) -> {
			TaskQueue queue = context.getBean(TaskQueue.class);
			queue.submit(() -> 42).join();
			assertThat(new TaskQueueHealthIndicator(queue).health().getStatus()).isEqualTo(Status.UP);
			assertThat(queue.snapshot().workers()).isEmpty();
			assertThat(queue.snapshot().succeeded()).isOne();
		});
	}

	@Test
	void configuresNothingWhenDisabled() {
		this.runner.withPropertyValues("taskqueue.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TaskQueue.class)
				.doesNotHaveBean(TaskQueueLifecycle.class)
				.doesNotHaveBean(TaskQueueStart.class)
				.doesNotHaveBean(TaskQueueProperties.class));
	}

	@Test
	void leavesTheApplicationsOwnQueueToTheApplication() {
		StubTaskQueue own = new StubTaskQueue();
		this.runner.withBean("own", TaskQueue.class, () -> own)
			.withPropertyValues("taskqueue.auto-startup=true")
			.run((context) -> {
				assertThat(context).hasSingleBean(TaskQueue.class).doesNotHaveBean(TaskQueueLifecycle.class);
				assertThat(context.getBean(TaskQueue.class)).isSameAs(own);
				assertThat(own.starts).hasValue(0);
			});
		assertThat(own.closes).hasValue(1);
	}

	@Test
	void customizersHaveTheLastWordInTheirOrder() {
		this.runner.withUserConfiguration(TwoCustomizers.class)
			.withPropertyValues("taskqueue.worker-count=3", "taskqueue.capacity=7")
			.run((context) -> {
				assertThat(context.getBean(TwoCustomizers.class).calls).containsExactly("first", "second");
				Object builder = context.getBean(TwoCustomizers.class).builder;
				assertThat(builder).hasFieldOrPropertyWithValue("workerCount", 2)
					.hasFieldOrPropertyWithValue("capacity", 7);
			});
	}

	@Test
	void listenersAreToldOfTheConfiguredQueueInTheirOrder() {
		List<String> told = new CopyOnWriteArrayList<>();
		this.runner.withBean("second", TaskQueueListener.class, () -> new Told(told, "second", 2))
			.withBean("first", TaskQueueListener.class, () -> new Told(told, "first", 1))
			.run((context) -> {
				TaskQueue queue = context.getBean(TaskQueue.class);
				queue.add(() -> {
				});
				queue.terminate(); // cancels it: nothing was started
				assertThat(told).containsExactly("first CANCELLED", "second CANCELLED");
			});
	}

	/** Notes how tasks end. */
	private record Told(List<String> told, String name, int order) implements TaskQueueListener, Ordered {

		@Override
		public void taskFinished(TaskEvent task, TaskEvent.End end) {
			this.told.add(this.name + " " + end.state());
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	@Test
	void acceptsTheApplicationsOwnPackagesInResults() {
		this.runner.withUserConfiguration(TwoCustomizers.class, Packages.class)
			.run((context) -> assertThat(context.getBean(TwoCustomizers.class).builder)
				.hasFieldOrPropertyWithValue("resultFilter", "com.acme.model.**;com.acme.shop.**"));
	}

	@Test
	void acceptsNothingMoreInResultsOutsideAnApplication() {
		this.runner.withUserConfiguration(TwoCustomizers.class)
			.run((context) -> assertThat(context.getBean(TwoCustomizers.class).builder)
				.hasFieldOrPropertyWithValue("resultFilter", null));
	}

	@Test
	void theFilterThatIsSetReplacesTheOwnPackages() {
		this.runner.withUserConfiguration(TwoCustomizers.class, Packages.class)
			.withPropertyValues("taskqueue.result-filter=com.acme.Order")
			.run((context) -> assertThat(context.getBean(TwoCustomizers.class).builder)
				.hasFieldOrPropertyWithValue("resultFilter", "com.acme.Order"));
	}

	@Test
	void leavesBootsExecutorInPlace() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context.getBeansOfType(Executor.class))
				.containsOnlyKeys("applicationTaskExecutor"));
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(Executor.class));
	}

	@Test
	void theShutdownPhaseIsAsLongAsADrainAndItsKill() {
		this.runner.withPropertyValues("taskqueue.terminate-timeout=50s")
			.run((context) -> assertThat(phases(context))
				.containsExactly(Map.entry(TaskQueueLifecycle.PHASE, 52_000L)));
	}

	@Test
	void theShutdownPhaseIsNeverShorterThanTheOthers() {
		this.runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=40s")
			.run((context) -> assertThat(phases(context))
				.containsExactly(Map.entry(TaskQueueLifecycle.PHASE, 40_000L)));
	}

	@Test
	void worksWithoutALifecycleProcessorOfBoots() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class))
			.withPropertyValues("taskqueue.auto-startup=false")
			.run((context) -> assertThat(context).hasSingleBean(TaskQueueLifecycle.class));
	}

	@SuppressWarnings("unchecked") // a private field of Spring's
	static Map<Integer, Long> phases(ApplicationContext context) {
		DefaultLifecycleProcessor processor = context.getBean(DefaultLifecycleProcessor.class);
		Object phases = ReflectionTestUtils.getField(processor, "timeoutsForShutdownPhases");
		return (Map<Integer, Long>) Objects.requireNonNull(phases);
	}

	static class InertLifecycleProcessor extends DefaultLifecycleProcessor {

		@Override
		public void onRefresh() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackages = { "com.acme.model", "com.acme.shop" })
	static class Packages {

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoCustomizers {

		final List<String> calls = new ArrayList<>();

		TaskQueue.Builder builder = TaskQueue.builder();

		@Bean
		@Order(2)
		TaskQueueCustomizer second() {
			return (builder) -> {
				this.calls.add("second");
				this.builder = builder.workerCount(2);
			};
		}

		@Bean
		@Order(1)
		TaskQueueCustomizer first() {
			return (builder) -> {
				this.calls.add("first");
				builder.workerCount(1);
			};
		}

	}

}
