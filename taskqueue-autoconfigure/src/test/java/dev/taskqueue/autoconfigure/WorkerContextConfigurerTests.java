package dev.taskqueue.autoconfigure;

import dev.taskqueue.BeanRef;
import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.TaskQueue;
import org.assertj.core.api.MapAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

/** Which queues' workers get beans, and what is refused at the start. */
class WorkerContextConfigurerTests {

	private static final String SOURCES = "taskqueue.worker.spring.sources=" + Application.class.getName();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskQueueAutoConfiguration.class, NamedTaskQueuesAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false");

	@Test
	void withoutTheSettingBeanTasksAreRefused() {
		this.runner.run((context) -> assertThatExceptionOfType(NoWorkerContextException.class)
			.isThrownBy(() -> context.getBean(TaskQueue.class).add(String.class, (bean) -> {
			})));
	}

	@Test
	void namedQueuesInheritTheSettingAndCanChangeIt() {
		this.runner
			.withPropertyValues("taskqueue.worker.spring.enabled=true", SOURCES, "taskqueue.queues.mail=",
					"taskqueue.queues.plain.worker.spring.enabled=false",
					"taskqueue.queues.eager.worker.spring.lazy=false", "taskqueue.worker.spring.properties.a.b=default",
					"taskqueue.queues.eager.worker.spring.properties.a.b=own")
			.run((context) -> {
				assertThatContextOf(context.getBean("mail", TaskQueue.class)).containsEntry("lazy", "true")
					.containsEntry("source.0", Application.class.getName())
					.containsEntry("override.a.b", "default")
					.containsEntry("queue.taskQueue", "REGULAR")
					.containsEntry("queue.mail", "FALLBACK");
				assertThatContextOf(context.getBean("eager", TaskQueue.class)).containsEntry("lazy", "false")
					.containsEntry("override.a.b", "own");
				assertThatExceptionOfType(NoWorkerContextException.class)
					.isThrownBy(() -> context.getBean("plain", TaskQueue.class).add(String.class, (bean) -> {
					}));
			});
	}

	@Test
	void inlineModeUsesTheBeansOfTheContext() {
		this.runner
			.withPropertyValues("taskqueue.worker.spring.enabled=true", SOURCES, "taskqueue.mode=inline",
					"taskqueue.auto-startup=true")
			.withBean("one", StringBuilder.class, () -> new StringBuilder("one"))
			.withBean("two", StringBuilder.class, () -> new StringBuilder("two"))
			.run((context) -> {
				context.getBean(TaskQueue.class)
					.add(BeanRef.of(StringBuilder.class, "two"), (bean) -> bean.append("!"))
					.join();
				assertThat(context.getBean("two")).hasToString("two!");
			});
	}

	@Test
	void sourcesThatAreNotKnownAreRefused() {
		this.runner.withPropertyValues("taskqueue.worker.spring.enabled=true")
			.run((context) -> assertRefused(context.getStartupFailure(), "taskqueue.worker.spring.enabled",
					"it was not started by a SpringApplication"));
	}

	@Test
	void sourcesThatAreNoClassesAreRefused() {
		this.runner
			.withPropertyValues("taskqueue.queues.mail.worker.spring.enabled=true",
					"taskqueue.queues.mail.worker.spring.sources=com.acme.Missing")
			.run((context) -> assertRefused(context.getStartupFailure(), "taskqueue.queues.mail.worker.spring.sources",
					"There is no such class"));
	}

	private static void assertRefused(@Nullable Throwable failure, String property, String reason) {
		assertThat(failure).rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
				assertThat(ex.getName()).startsWith(property);
				assertThat(ex.getReason()).contains(reason);
			});
	}

	private static MapAssert<String, String> assertThatContextOf(TaskQueue queue) {
		return assertThat(queue).extracting("settings.beans.context").asInstanceOf(map(String.class, String.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
