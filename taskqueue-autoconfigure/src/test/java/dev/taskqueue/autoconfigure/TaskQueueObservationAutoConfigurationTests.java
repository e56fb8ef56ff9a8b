package dev.taskqueue.autoconfigure;

import dev.taskqueue.Task;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.observation.DefaultTaskAddObservationConvention;
import dev.taskqueue.autoconfigure.observation.ObservedTasks;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TaskQueueObservationAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskQueueAutoConfiguration.class, TaskQueueObservationAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false", "taskqueue.terminate-timeout=0s");

	private final ApplicationContextRunner observed = this.runner.withBean(TestObservationRegistry.class,
			TestObservationRegistry::create);

	@Test
	void addsToTheConfiguredQueueAreObserved() {
		this.observed.run((context) -> {
			context.getBean(TaskQueue.class).add(new Nothing());
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasSingleObservationThat()
				.hasNameEqualTo("taskqueue.add")
				.hasLowCardinalityKeyValue("queue", "taskQueue")
				.hasLowCardinalityKeyValue("type", Nothing.class.getName())
				.hasHighCardinalityKeyValue("taskqueue.task", "1");
		});
	}

	@Test
	void everyNamedQueueIsObservedUnderItsName() {
		this.observed.withConfiguration(AutoConfigurations.of(NamedTaskQueuesAutoConfiguration.class))
			.withPropertyValues("taskqueue.queues.mail.worker-count=1")
			.run((context) -> {
				context.getBean("mail", TaskQueue.class).add(new Nothing());
				TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
					.hasSingleObservationThat()
					.hasLowCardinalityKeyValue("queue", "mail");
			});
	}

	@Test
	void aConventionBeanIsUsed() {
		this.observed.withBean(DefaultTaskAddObservationConvention.class, OwnConvention::new).run((context) -> {
			context.getBean(TaskQueue.class).add(new Nothing());
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasSingleObservationThat()
				.hasNameEqualTo("acme.add");
		});
	}

	@Test
	void canBeSwitchedOffAsAnyObservation() {
		this.observed.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withPropertyValues("management.observations.enable.taskqueue=false")
			.run((context) -> {
				context.getBean(TaskQueue.class).add(new Nothing());
				TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
					.doesNotHaveAnyObservation();
			});
	}

	@Test
	void backsOffWithoutARegistry() {
		this.runner
			.run((context) -> assertThat(context).hasSingleBean(TaskQueue.class).doesNotHaveBean(ObservedTasks.class));
	}

	@Test
	void backsOffWithTheQueue() {
		this.observed.withPropertyValues("taskqueue.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ObservedTasks.class));
	}

	@Test
	void backsOffWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TaskQueue.class)
				.doesNotHaveBean("taskQueueObserver"));
	}

	/** Does nothing. */
	record Nothing() implements Task {

		@Override
		public void run() {
		}

	}

	private static final class OwnConvention extends DefaultTaskAddObservationConvention {

		@Override
		public String getName() {
			return "acme.add";
		}

	}

}
