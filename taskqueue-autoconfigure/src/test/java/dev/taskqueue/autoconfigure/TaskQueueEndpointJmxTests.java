package dev.taskqueue.autoconfigure;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import dev.taskqueue.TaskQueue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint as an MBean. */
class TaskQueueEndpointJmxTests {

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	@Test
	void bothOperationsAnswer() throws Exception {
		try (ConfigurableApplicationContext context = start("management.endpoints.jmx.exposure.include=taskqueue")) {
			assertThat(context.isActive()).isTrue();
			assertThat(invoke("queues")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("length", 6L)
				.containsEntry("processed", 40L)
				.containsKey("queues");
			assertThat(invoke("queue", "mail")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("state", "RUNNING")
				.containsEntry("length", 4L);
			assertThat(invoke("queue", "other")).isNull();
		}
	}

	@Test
	void whatTasksCarryIsHiddenHereToo() throws Exception {
		try (ConfigurableApplicationContext context = start("management.endpoints.jmx.exposure.include=taskqueue")) {
			assertThat(context.isActive()).isTrue();
			assertThat(String.valueOf(invoke("queues"))).contains("com.acme.Invoice").doesNotContain("SECRET");
			assertThat(String.valueOf(invoke("queue", "taskQueue"))).contains("com.acme.Invoice")
				.doesNotContain("SECRET");
		}
		try (ConfigurableApplicationContext context = start("management.endpoints.jmx.exposure.include=taskqueue",
				"management.endpoint.taskqueue.show-values=always")) {
			assertThat(context.isActive()).isTrue();
			assertThat(String.valueOf(invoke("queue", "taskQueue"))).contains("SECRET");
		}
	}

	@Test
	void thereIsNoMBeanUnlessExposed() throws Exception {
		try (ConfigurableApplicationContext context = start("management.endpoints.jmx.exposure.include=health")) {
			assertThat(context.isActive()).isTrue();
			assertThat(this.server.isRegistered(name())).isFalse();
		}
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.jmx.enabled=true", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	private @Nullable Object invoke(String operation, String... arguments) throws Exception {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return this.server.invoke(name(), operation, arguments, signature);
	}

	private static ObjectName name() throws Exception {
		return new ObjectName("org.springframework.boot:type=Endpoint,name=Taskqueue");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TaskQueue taskQueue() {
			StubTaskQueue queue = new StubTaskQueue();
			queue.snapshot = SecretSnapshot.of(2, 10);
			return queue;
		}

		@Bean
		TaskQueue mail() {
			return StubTaskQueue.of(4, 30);
		}

	}

}
