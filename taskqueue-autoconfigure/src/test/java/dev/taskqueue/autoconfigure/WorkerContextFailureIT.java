package dev.taskqueue.autoconfigure;

import java.time.Duration;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.WorkerExit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** An application whose workers cannot start their context. */
@Timeout(180)
class WorkerContextFailureIT {

	private static final Duration LONG = Duration.ofSeconds(90);

	@Test
	void waitingTasksAndHealthSayWhyInSpringBootsWords() {
		try (ConfigurableApplicationContext context = run()) {
			TaskQueue queue = context.getBean(TaskQueue.class);
			TaskHandle<Void> waiting = queue.add(String.class, (name) -> System.out.println(name));
			assertThatExceptionOfType(WorkerCrashedException.class).isThrownBy(() -> waiting.join(LONG))
				.withMessageContaining("required a bean of type 'java.lang.Runnable' that could not be found")
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(CrashReason.START_FAILED));
			Health health = new TaskQueueHealthIndicator(queue).health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(String.valueOf(health.getDetails().get("description")))
				.contains("required a bean of type 'java.lang.Runnable'", "Consider defining a bean");
			// It goes on trying, a launch at a time
			long before = failedLaunches(queue);
			await().atMost(LONG).until(() -> failedLaunches(queue) > before);
			assertThat(failedLaunches(queue)).isLessThan(10);
		}
	}

	private static long failedLaunches(TaskQueue queue) {
		return queue.recentSnapshot().totals().exits(WorkerExit.START_FAILED);
	}

	private static ConfigurableApplicationContext run() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("taskqueue.worker-count=1", "taskqueue.worker.max-heap=96MB",
					"taskqueue.worker.spring.enabled=true", "spring.main.banner-mode=off",
					"taskqueue.terminate-timeout=0s")
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@Lazy(false)
		@Profile("taskqueue-worker")
		String inWorkersOnly(Runnable missing) {
			return missing.toString();
		}

	}

}
