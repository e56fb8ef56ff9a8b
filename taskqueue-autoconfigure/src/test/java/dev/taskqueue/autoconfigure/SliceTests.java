package dev.taskqueue.autoconfigure;

import java.util.Locale;

import dev.taskqueue.TaskQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/** Spring Boot's test slices start an application without queues, and without workers. */
class SliceTests {

	private static void assertNothingOfOurs(ApplicationContext context) {
		assertThat(context.getBeanNamesForType(TaskQueue.class)).isEmpty();
		assertThat(context.getBeanDefinitionNames())
			.noneMatch((name) -> name.toLowerCase(Locale.ROOT).contains("taskqueue."))
			.doesNotContain("taskQueueLifecycle", "mail", "taskQueueMetrics");
	}

	@Nested
	@WebMvcTest(properties = "taskqueue.queues.mail.worker-count=1")
	@ContextConfiguration(classes = Application.class)
	class Web {

		@Test
		void hasNoQueue(@Autowired ApplicationContext context) {
			assertNothingOfOurs(context);
		}

	}

	@Nested
	@JsonTest(properties = "taskqueue.queues.mail.worker-count=1")
	@ContextConfiguration(classes = Application.class)
	class Json {

		@Test
		void hasNoQueue(@Autowired ApplicationContext context) {
			assertNothingOfOurs(context);
		}

	}

	@Nested
	@SpringBootTest(properties = { "taskqueue.queues.mail.worker-count=1", "taskqueue.auto-startup=false" })
	@ContextConfiguration(classes = Application.class)
	class Whole {

		@Test
		void hasQueues(@Autowired ApplicationContext context) {
			assertThat(context.getBeansOfType(TaskQueue.class)).containsOnlyKeys("taskQueue", "mail");
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
