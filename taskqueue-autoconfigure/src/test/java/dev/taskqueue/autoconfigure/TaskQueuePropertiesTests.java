package dev.taskqueue.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.taskqueue.LaunchMode;
import dev.taskqueue.QueueMode;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;
import org.mockito.Answers;
import org.mockito.Mockito;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

@ExtendWith(OutputCaptureExtension.class)
class TaskQueuePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false");

	private final TaskQueue.Builder builder = Mockito.mock(TaskQueue.Builder.class, Answers.RETURNS_SELF);

	@Test
	void everyPropertyReachesTheBuilder() {
		configure("mode=inline", "worker-count=3", "requests-per-worker=4", "terminate-timeout=1m", "capacity=5",
				"max-payload=2MB", "result-filter=com.acme.*", "task.timeout=7s", "task.queue-timeout=8s",
				"task.soft-timeout=3s", "task.grace=2s", "task.max-attempts=4", "task.backoff=5s",
				"task.retry-on=crashed,timed-out", "worker.java-home=/opt/java", "worker.jvm-args=-Xss1m,-ea",
				"worker.max-heap=96MB", "worker.max-memory=300MB", "worker.max-age=2h", "worker.startup-timeout=9s",
				"worker.environment.PLACE=here", "worker.system-properties.some.key=value",
				"worker.class-path=/a.jar:/b.jar", "worker.command-prefix=nice,-n,10", "worker.launch-mode=boot-loader",
				"worker.class-archive=false", "worker.cache-directory=/var/cache/tq");
		verify(this.builder).mode(QueueMode.INLINE);
		verify(this.builder).workerCount(3);
		verify(this.builder).requestsPerWorker(4);
		verify(this.builder).terminateTimeout(Duration.ofMinutes(1));
		verify(this.builder).capacity(5);
		verify(this.builder).maxPayload(2L << 20);
		verify(this.builder).resultFilter("com.acme.*");
		verify(this.builder).taskDefaults(TaskOptions.defaults()
			.timeout(Duration.ofSeconds(7))
			.queueTimeout(Duration.ofSeconds(8))
			.softTimeout(Duration.ofSeconds(3))
			.grace(Duration.ofSeconds(2))
			.maxAttempts(4)
			.backoff(Duration.ofSeconds(5))
			.retryOn(TaskState.CRASHED, TaskState.TIMED_OUT));
		verify(this.builder).worker(new WorkerOptions(Path.of("/opt/java"), List.of("-Xss1m", "-ea"), 96L << 20,
				300L << 20, Duration.ofHours(2), Duration.ofSeconds(9), Map.of("PLACE", "here"),
				Map.of("some.key", "value"), "/a.jar:/b.jar", List.of("nice", "-n", "10"), LaunchMode.BOOT_LOADER,
				false, Path.of("/var/cache/tq")));
		verifyNoMoreInteractions(this.builder);
	}

	@Test
	void whatIsNotSetIsTheEnginesDefault() {
		TaskQueue.Builder configured = TaskQueue.builder();
		this.runner.run((context) -> new TaskQueueBuilderConfigurer(context.getBean(TaskQueueProperties.class),
				List.of(), "taskqueue."::concat)
			.configure(configured));
		assertThat(configured).usingRecursiveComparison().isEqualTo(TaskQueue.builder());
	}

	@Test
	void emptyTextsAreNotSet() {
		configure("result-filter=", "worker.java-home=", "worker.jvm-args=", "worker.class-path=",
				"worker.command-prefix=", "worker.cache-directory=", "worker-count=", "task.timeout=");
		ArgumentCaptor<WorkerOptions> worker = ArgumentCaptor.captor();
		verify(this.builder).worker(worker.capture());
		assertThat(worker.getValue()).isEqualTo(WorkerOptions.defaults());
		verify(this.builder).taskDefaults(TaskOptions.defaults());
		verify(this.builder, Mockito.never()).resultFilter(Mockito.any());
		verify(this.builder, Mockito.never()).workerCount(Mockito.anyInt());
	}

	@Test
	void namesAndArgumentsKeepTheirSpellingWhereTheDescriptionsSaySo() {
		configure("worker.environment.[MY_NAME]=a", "worker.system-properties.user.someThing=b",
				"worker.jvm-args[0]=-Xlog:gc,safepoint");
		ArgumentCaptor<WorkerOptions> worker = ArgumentCaptor.captor();
		verify(this.builder).worker(worker.capture());
		assertThat(worker.getValue().environment()).containsExactly(Map.entry("MY_NAME", "a"));
		assertThat(worker.getValue().systemProperties()).containsExactly(Map.entry("user.someThing", "b"));
		assertThat(worker.getValue().jvmArgs()).containsExactly("-Xlog:gc,safepoint");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			worker-count,           0,     at least 1
			requests-per-worker,    -1,    0 (no limit) or more
			terminate-timeout,      -1s,   must not be negative
			capacity,               -1,    0 (no limit) or more
			max-payload,            0B,    from 1 to
			max-payload,            2GB,   from 1 to
			result-filter,          a=b,   write it as for -Djdk.serialFilter
			task.timeout,           -1s,   must not be negative
			task.queue-timeout,     -1s,   must not be negative
			task.soft-timeout,      -1s,   must not be negative
			task.grace,             -1s,   must not be negative
			task.backoff,           -1s,   must not be negative
			task.max-attempts,      0,     at least 1
			worker.max-heap,        1MB,   at least 8 MB
			worker.max-memory,      1MB,   at least 32 MB
			worker.max-age,         -1s,   must not be negative
			worker.startup-timeout, 0s,    must be positive
			worker.jvm-args,        -Xss1m -Xint, one argument in each list element
			""")
	void aBadValueIsRefusedWithTheNameOfItsPropertyAndWhatToChange(String property, String value, String fix) {
		this.runner.withPropertyValues("taskqueue." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("taskqueue." + property);
					assertThat(ex.getReason()).contains(fix).endsWith(".");
				}));
	}

	@Test
	void aBadValueEndsTheStartWithAnExplanationInsteadOfATrace(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--taskqueue.worker-count=0"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value '0' for configuration property 'taskqueue.worker-count'")
			.contains("workerCount must be at least 1, but is 0.");
	}

	private void configure(String... properties) {
		this.runner.withPropertyValues(List.of(properties).stream().map("taskqueue."::concat).toArray(String[]::new))
			.run((context) -> new TaskQueueBuilderConfigurer(context.getBean(TaskQueueProperties.class), List.of(),
					"taskqueue."::concat)
				.configure(this.builder));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TaskQueueAutoConfiguration.class)
	static class Application {

	}

}
