package dev.taskqueue.autoconfigure.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.CrashReason;
import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.annotation.Queued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A test of a user's, with worker processes that have the test's beans. */
@SpringBootTest(properties = { "taskqueue.worker-count=1", "taskqueue.worker.max-heap=96MB",
		"taskqueue.worker.spring.enabled=true", "taskqueue.worker.spring.properties.overridden=in workers",
		"taskqueue.queues.plain.worker.spring.enabled=false", "overridden=by the test", "inlined=by the test" })
@ActiveProfiles("testing")
@Timeout(180)
class WorkerBeansIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Autowired
	private TaskQueue queue;

	@Autowired
	@Qualifier("plain")
	private TaskQueue plain;

	@Autowired
	private Answers answers;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("dynamic", () -> "by the test");
	}

	@Test
	void tasksUseTheTestsBeansInAnotherProcess() {
		long pid = this.queue.submit(Answers.class, Answers::pid).join(LONG);
		assertThat(pid).isNotEqualTo(this.answers.pid()).isEqualTo(this.queue.snapshot().workers().get(0).pid());
	}

	@Test
	void workersSeeTheTestsProfilesAndProperties() {
		assertThat(this.queue.submit(Answers.class, (answers) -> answers.values("inlined", "dynamic", "overridden"))
			.join(LONG)).containsExactly("testing,taskqueue-worker", "by the test", "by the test", "in workers");
		assertThat(this.answers.values("overridden")).containsExactly("testing", "by the test");
	}

	@Test
	void callsOfQueuedMethodsRunInAnotherProcess() {
		assertThat(this.answers.pidLater().orTimeout(60, TimeUnit.SECONDS).join()).isNotEqualTo(this.answers.pid());
	}

	@Test
	void aHostileTaskIsFollowedByAWorkerWithBeans() {
		assertThatExceptionOfType(WorkerCrashedException.class)
			.isThrownBy(() -> this.queue.add(Answers.class, (answers) -> Runtime.getRuntime().halt(3)).join(LONG))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(CrashReason.EXITED));
		assertThat(this.queue.submit(Answers.class, Answers::pid).join(LONG)).isPositive();
	}

	@Test
	void aQueueWithoutBeansRefuses() {
		TaskQueue bare = this.plain;
		assertThatExceptionOfType(NoWorkerContextException.class)
			.isThrownBy(() -> bare.submit(Answers.class, Answers::pid))
			.withMessageContaining("taskqueue.worker.spring.enabled");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Answers answers(Environment environment) {
			return new Answers(environment);
		}

	}

	static class Answers {

		private final Environment environment;

		Answers(Environment environment) {
			this.environment = environment;
		}

		long pid() {
			return ProcessHandle.current().pid();
		}

		@Queued
		CompletableFuture<Long> pidLater() {
			return CompletableFuture.completedFuture(ProcessHandle.current().pid());
		}

		List<String> values(String... names) {
			List<String> values = new ArrayList<>();
			values.add(String.join(",", this.environment.getActiveProfiles()));
			for (String name : names) {
				values.add(String.valueOf(this.environment.getProperty(name)));
			}
			return values;
		}

	}

}
