package dev.taskqueue.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tracing and health of a whole application with real worker processes. */
@Timeout(180)
class MonitoringIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void whatATaskLogsCarriesTheTraceOfItsCaller() {
		TaskQueue queue = start().getBean(TaskQueue.class);
		Logger logger = (Logger) LoggerFactory.getLogger("acme.traced");
		ListAppender<ILoggingEvent> events = new ListAppender<>();
		events.list = new CopyOnWriteArrayList<>();
		events.start();
		logger.addAppender(events);
		try {
			String trace = inRequest(() -> queue.add(() -> LoggerFactory.getLogger("acme.traced").info("in a task")));
			await().atMost(LONG).until(() -> !events.list.isEmpty());
			Map<String, String> mdc = events.list.get(0).getMDCPropertyMap();
			assertThat(mdc).containsEntry("traceId", trace).containsKey("taskqueue.worker");
			await().atMost(LONG).until(() -> spans().size() == 3);
			assertThat(span("add MonitoringIT lambda").id()).isEqualTo(mdc.get("spanId"));
		}
		finally {
			logger.detachAppender(events);
		}
	}

	@Test
	void aRunIsASpanBelowItsAddWithTheErrorOfItsTask() {
		TaskQueue queue = start().getBean(TaskQueue.class);
		String trace = inRequest(() -> {
			TaskHandle<?> failing = queue.add(() -> {
				throw new IllegalStateException("no");
			});
			assertThatExceptionOfType(TaskFailedException.class).isThrownBy(() -> failing.join(LONG));
		});
		await().atMost(LONG).until(() -> spans().size() == 3);
		MutableSpan request = span("request");
		MutableSpan add = span("add MonitoringIT lambda");
		MutableSpan run = span("run MonitoringIT lambda");
		assertThat(spans()).extracting(MutableSpan::traceId).containsOnly(trace);
		assertThat(add.parentId()).isEqualTo(request.id());
		assertThat(run.parentId()).isEqualTo(add.id());
		assertThat(run.tags()).containsEntry("outcome", "failed")
			.containsEntry("queue", "taskQueue")
			.containsEntry("taskqueue.task", "1");
		assertThat(run.error()).isInstanceOf(TaskFailedException.class);
		assertThat(add.error()).isNull();
	}

	@Test
	void healthIsDownWhileNoWorkerComesUpAndUpByItselfAgain(@TempDir Path directory) throws Exception {
		Path options = Files.writeString(directory.resolve("options"), "-XX:+NoSuchFlag");
		start("taskqueue.worker.jvm-args=-XX:VMOptionsFile=" + options);
		await().atMost(LONG).until(() -> health().getStatus().equals(Status.DOWN));
		assertThat(health().getDetails()).containsEntry("reason", "START_FAILED")
			.containsEntry("exitCode", 1)
			.containsEntry("readyWorkers", 0L);
		assertThat(String.valueOf(health().getDetails().get("stderr"))).contains("NoSuchFlag");
		Files.writeString(options, "");
		await().atMost(LONG).until(() -> health().getStatus().equals(Status.UP));
		assertThat(health().getDetails()).doesNotContainKeys("reason", "stderr").containsEntry("readyWorkers", 1L);
	}

	@Test
	void healthFollowsTheLifeOfTheQueue() {
		ConfigurableApplicationContext running = start("taskqueue.auto-startup=false");
		TaskQueue queue = running.getBean(TaskQueue.class);
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		queue.start();
		await().atMost(LONG).until(() -> health().getStatus().equals(Status.UP));
		queue.pause();
		await().atMost(LONG).until(() -> "PAUSED".equals(health().getDetails().get("state")));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		queue.terminate();
		assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	/** Runs it within an observation, and returns that one's trace id. */
	private String inRequest(Runnable action) {
		Tracer tracer = context().getBean(Tracer.class);
		return Objects.requireNonNull(
				Observation.createNotStarted("request", context().getBean(ObservationRegistry.class)).observe(() -> {
					action.run();
					return Objects.requireNonNull(tracer.currentSpan()).context().traceId();
				}));
	}

	private List<MutableSpan> spans() {
		return context().getBean(Spans.class).finished;
	}

	private MutableSpan span(String name) {
		return spans().stream().filter((span) -> name.equalsIgnoreCase(span.name())).findFirst().orElseThrow();
	}

	private Health health() {
		HealthIndicator indicator = (HealthIndicator) context()
			.getBean("taskqueueHealthContributor", CompositeHealthContributor.class)
			.getContributor("taskQueue");
		return Objects.requireNonNull(Objects.requireNonNull(indicator).health());
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	private ConfigurableApplicationContext start(String... properties) {
		ConfigurableApplicationContext started = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("taskqueue.worker-count=1", "taskqueue.terminate-timeout=20s", "taskqueue.worker.max-heap=64MB",
					"management.tracing.sampling.probability=1", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
		this.context = started;
		return started;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Spans spans() {
			return new Spans();
		}

	}

	/** Keeps what is traced. */
	static final class Spans extends SpanHandler {

		private final List<MutableSpan> finished = new CopyOnWriteArrayList<>();

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			this.finished.add(new MutableSpan(span));
			return true;
		}

	}

}
