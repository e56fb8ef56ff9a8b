package dev.taskqueue.autoconfigure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.autoconfigure.TaskQueueEndpoint.TaskQueueDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A whole application with real worker processes. */
@Timeout(180)
class WorkerProcessesIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
		.web(WebApplicationType.NONE)
		.properties("taskqueue.worker-count=1", "taskqueue.terminate-timeout=20s", "taskqueue.worker.max-heap=64MB",
				"management.endpoints.web.exposure.include=taskqueue", "spring.main.banner-mode=off")
		.run();

	private final TaskQueue queue = this.context.getBean(TaskQueue.class);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void tasksRunInAProcessThatEndsWithTheContext() {
		long pid = pidOfATask();
		assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
		assertThat(isAlive(pid)).isTrue();
		this.context.close();
		assertThat(isAlive(pid)).isFalse();
		// The watchdog, which is no worker, ends when it reads the end of its pipe
		await().atMost(LONG)
			.untilAsserted(
					() -> assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty());
	}

	@Test
	void closingTheContextWaitsForTasksToFinish(@TempDir Path directory) throws Exception {
		String signal = directory.resolve("signal").toString();
		TaskHandle<String> task = this.queue.submit(() -> {
			while (!new File(signal).exists()) {
				Thread.onSpinWait();
			}
			return "finished";
		});
		await().atMost(LONG).until(() -> task.state() == TaskState.RUNNING);
		Thread closing = new Thread(this.context::close);
		closing.start();
		await().atMost(LONG).until(() -> this.queue.snapshot().state() == QueueState.TERMINATING);
		Files.createFile(Path.of(signal));
		closing.join();
		assertThat(task.join(LONG)).isEqualTo("finished");
	}

	@Test
	void aStartAfterAStopOpensTheQueueAgain() {
		long before = pidOfATask();
		this.context.stop();
		assertThat(isAlive(before)).isFalse();
		assertThat(this.queue.snapshot().state()).isEqualTo(QueueState.TERMINATED);
		this.context.start();
		assertThat(pidOfATask()).isNotEqualTo(before);
		assertThat(this.queue.processed()).isEqualTo(2);
	}

	@Test
	void metricsAndEndpointTellWhatHappens() {
		TaskHandle<Void> endless = this.queue.add(() -> new CountDownLatch(1).await());
		await().atMost(LONG).until(() -> described().running() == 1);
		List<WorkerSnapshot> workers = this.queue.snapshot().workers();
		assertThat(described().workers()).singleElement().satisfies((worker) -> {
			assertThat(worker.pid()).isEqualTo(workers.get(0).pid());
			assertThat(worker.task()).isNotNull();
		});
		assertThat(gauge("taskqueue.length")).isOne();
		endless.cancel();
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(() -> endless.join(LONG));
		assertThat(gauge("taskqueue.length")).isZero();
		assertThat(gauge("taskqueue.processed")).isOne();
	}

	private long pidOfATask() {
		return this.queue.submit(() -> ProcessHandle.current().pid()).join(LONG);
	}

	private TaskQueueDescriptor described() {
		return Objects.requireNonNull(this.context.getBean(TaskQueueEndpoint.class).queue("taskQueue"));
	}

	private double gauge(String name) {
		return this.context.getBean(MeterRegistry.class).get(name).tag("queue", "taskQueue").gauge().value();
	}

	private static boolean isAlive(long pid) {
		return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
