package dev.taskqueue.autoconfigure;

import java.util.Map;

import dev.taskqueue.TaskQueue;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class TaskQueueEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TaskQueueAutoConfiguration.class, TaskQueueEndpointAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false");

	private final ApplicationContextRunner exposed = this.runner
		.withPropertyValues("management.endpoints.web.exposure.include=taskqueue");

	@Test
	void theEndpointShowsTheQueueWhenExposed() {
		this.exposed.run((context) -> {
			assertThat(context).hasSingleBean(TaskQueueEndpointWebExtension.class);
			assertThat(context.getBean(TaskQueueEndpoint.class).queues().queues()).containsOnlyKeys("taskQueue");
		});
	}

	@Test
	void theEndpointShowsTheApplicationsOwnQueues() {
		this.exposed.withUserConfiguration(OwnQueues.class)
			.run((context) -> assertThat(context.getBean(TaskQueueEndpoint.class).queues().queues())
				.containsOnlyKeys("mail", "byQualifierOnly"));
	}

	@Test
	void thereIsNoEndpointUnlessExposed() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(TaskQueue.class)
			.doesNotHaveBean(TaskQueueEndpoint.class)
			.doesNotHaveBean(TaskQueueEndpointWebExtension.class));
	}

	@Test
	void thereIsNoEndpointWithoutAccess() {
		this.exposed.withPropertyValues("management.endpoint.taskqueue.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(TaskQueueEndpoint.class));
	}

	@Test
	void thereIsNoEndpointWithoutAQueue() {
		this.exposed.withPropertyValues("taskqueue.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TaskQueueEndpoint.class)
				.doesNotHaveBean(TaskQueueEndpointWebExtension.class));
	}

	@Test
	void thereIsNoWebExtensionWhenOnlyExposedOverJmx() {
		this.runner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=taskqueue",
					"management.endpoints.web.exposure.exclude=*")
			.run((context) -> assertThat(context).hasSingleBean(TaskQueueEndpoint.class)
				.doesNotHaveBean(TaskQueueEndpointWebExtension.class));
	}

	@Test
	void theApplicationsOwnEndpointWins() {
		TaskQueueEndpoint own = new TaskQueueEndpoint(Map.of(), Show.NEVER);
		this.exposed.withBean("own", TaskQueueEndpoint.class, () -> own)
			.run((context) -> assertThat(context.getBean(TaskQueueEndpoint.class)).isSameAs(own));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnQueues {

		@Bean
		TaskQueue mail() {
			return new StubTaskQueue();
		}

		@Bean(defaultCandidate = false)
		TaskQueue byQualifierOnly() {
			return new StubTaskQueue();
		}

	}

}
