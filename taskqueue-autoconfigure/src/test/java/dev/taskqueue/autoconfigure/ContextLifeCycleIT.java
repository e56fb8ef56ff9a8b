package dev.taskqueue.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** When workers start and end with an application's context, with real processes. */
@Timeout(180)
class ContextLifeCycleIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	/** Started after the queues. */
	private static final int LAST_PHASE = SmartLifecycle.DEFAULT_PHASE;

	/** Stopped after the queues. */
	private static final int AFTER_OURS = 0;

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@TempDir
	Path directory = Path.of("");

	@AfterEach
	void nothingIsLeft() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(Leftovers.all()).isEmpty());
	}

	@Test
	void theContextDoesNotWaitForWorkersToStart() throws Exception {
		Path signal = this.directory.resolve("signal");
		Path slow = script("while [ ! -e '%s' ]; do sleep 0.05; done".formatted(signal));
		ConfigurableApplicationContext context = run(application(), "taskqueue.worker.command-prefix=" + slow);
		TaskQueue queue = context.getBean("taskQueue", TaskQueue.class);
		assertThat(queue.snapshot().workers()).extracting(WorkerSnapshot::state).containsOnly(WorkerState.STARTING);
		Files.createFile(signal);
		assertThat(queue.submit(() -> "ran").join(LONG)).isEqualTo("ran");
	}

	@Test
	void allQueuesDrainAtTheSameTime() throws Exception {
		String signal = this.directory.resolve("signal").toString();
		ConfigurableApplicationContext context = run(application(), "taskqueue.queues.mail.terminate-timeout=60s",
				"taskqueue.queues.video.terminate-timeout=60s", "taskqueue.terminate-timeout=60s");
		Map<String, TaskQueue> queues = context.getBeansOfType(TaskQueue.class);
		assertThat(queues).hasSize(3);
		List<TaskHandle<String>> tasks = new ArrayList<>();
		queues.values().forEach((queue) -> tasks.add(queue.submit(() -> {
			while (!new File(signal).exists()) {
				Thread.onSpinWait();
			}
			return "finished";
		})));
		await().atMost(LONG).until(() -> tasks.stream().allMatch((task) -> task.state() == TaskState.RUNNING));
		Thread closing = new Thread(context::close);
		closing.start();
		await().atMost(LONG)
			.until(() -> queues.values()
				.stream()
				.allMatch((queue) -> queue.snapshot().state() == QueueState.TERMINATING));
		assertThat(tasks).allSatisfy((task) -> assertThat(task.state()).isEqualTo(TaskState.RUNNING));
		Files.createFile(Path.of(signal));
		closing.join();
		assertThat(tasks).allSatisfy((task) -> assertThat(task.join(LONG)).isEqualTo("finished"));
	}

	@Test
	void whatDoesNotDrainIsKilledBeforeOrdinaryBeansStop() {
		List<Long> workers = new CopyOnWriteArrayList<>();
		List<Long> aliveAtStop = new CopyOnWriteArrayList<>(List.of(-1L));
		Phase dataSource = new Phase(AFTER_OURS, () -> {
		}, () -> {
			aliveAtStop.clear();
			workers.stream()
				.filter((pid) -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
				.forEach(aliveAtStop::add);
		});
		ConfigurableApplicationContext context = run(
				application().initializers((target) -> register(target, "dataSource", dataSource)),
				"spring.lifecycle.timeout-per-shutdown-phase=10ms", "taskqueue.terminate-timeout=100ms",
				"taskqueue.queues.mail.terminate-timeout=1s");
		List<TaskHandle<Void>> endless = context.getBeansOfType(TaskQueue.class)
			.values()
			.stream()
			.map((queue) -> queue.add(() -> new CountDownLatch(1).await()))
			.toList();
		await().atMost(LONG).until(() -> endless.stream().allMatch((task) -> task.state() == TaskState.RUNNING));
		context.getBeansOfType(TaskQueue.class)
			.values()
			.forEach((queue) -> queue.snapshot().workers().forEach((worker) -> workers.add(worker.pid())));
		assertThat(workers).hasSizeGreaterThanOrEqualTo(3);
		context.close();
		assertThat(aliveAtStop).isEmpty();
		assertThat(endless).allSatisfy(
				(task) -> assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(() -> task.join(LONG)));
	}

	@Test
	void aRefreshThatFailsBeforeTheStartLeavesNothing() {
		List<TaskQueue> queues = new ArrayList<>();
		SpringApplicationBuilder application = application()
			.initializers((target) -> ((GenericApplicationContext) target).registerBean("failing", Object.class, () -> {
				queues.addAll(target.getBeansOfType(TaskQueue.class).values());
				throw new OnPurpose();
			}));
		assertThatException().isThrownBy(() -> run(application)).withRootCauseInstanceOf(OnPurpose.class);
		assertThat(queues).isNotEmpty()
			.allSatisfy((queue) -> assertThat(queue.snapshot().state()).isEqualTo(QueueState.TERMINATED));
	}

	@Test
	void aRefreshThatFailsAfterTheWorkersHaveStartedLeavesNothing() {
		List<String> alive = new CopyOnWriteArrayList<>();
		SpringApplicationBuilder application = application()
			.initializers((target) -> register(target, "failing", new Phase(LAST_PHASE, () -> {
				target.getBeansOfType(TaskQueue.class).values().forEach((queue) -> {
					queue.submit(() -> "ran").join(LONG);
				});
				Leftovers.processes().forEach(alive::add);
				throw new OnPurpose();
			}, () -> {
			})));
		assertThatException().isThrownBy(() -> run(application)).withRootCauseInstanceOf(OnPurpose.class);
		assertThat(alive).hasSizeGreaterThanOrEqualTo(3);
	}

	@Test
	void anApplicationThatOnlyRefreshesStartsNoProcess() throws Exception {
		Path started = this.directory.resolve("started");
		Path noting = script("touch '%s'".formatted(started));
		assertThat(application("onRefresh", noting)).doesNotContain("the task ran");
		assertThat(started).doesNotExist();
		assertThat(files(this.directory)).noneMatch((name) -> name.startsWith("taskqueue-"));
		assertThat(application("never", noting)).contains("the task ran");
		assertThat(started).exists();
	}

	private String application(String exit, Path commandPrefix) throws Exception {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-Djava.io.tmpdir=" + this.directory, "-Dspring.context.exit=" + exit,
				"-Dspring.devtools.restart.enabled=false", "-cp", System.getProperty("java.class.path"),
				Application.class.getName(), "--taskqueue.worker.command-prefix=" + commandPrefix,
				"--taskqueue.worker-count=1", "--spring.main.web-application-type=none")
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private Path script(String first) throws Exception {
		return Files.writeString(
				Files.createFile(this.directory.resolve("prefix"),
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
				"#!/bin/sh\n" + first + "\nexec \"$@\"\n");
	}

	private static List<String> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("taskqueue.worker-count=1", "taskqueue.worker.max-heap=64MB", "taskqueue.queues.mail=",
					"taskqueue.queues.video=", "spring.main.banner-mode=off");
	}

	private ConfigurableApplicationContext run(SpringApplicationBuilder application, String... properties) {
		ConfigurableApplicationContext context = application.properties(properties).run();
		this.contexts.add(context);
		return context;
	}

	private static void register(ConfigurableApplicationContext context, String name, Object bean) {
		context.getBeanFactory().registerSingleton(name, bean);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] args) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(args)) {
				System.out.println("the task " + context.getBean(TaskQueue.class).submit(() -> "ran").join(LONG));
			}
		}

	}

	/** Something of the application's that starts and stops. */
	private static final class Phase implements SmartLifecycle {

		private final int phase;

		private final Runnable whenStarted;

		private final Runnable whenStopped;

		private volatile boolean running;

		Phase(int phase, Runnable whenStarted, Runnable whenStopped) {
			this.phase = phase;
			this.whenStarted = whenStarted;
			this.whenStopped = whenStopped;
		}

		@Override
		public void start() {
			this.running = true;
			this.whenStarted.run();
		}

		@Override
		public void stop() {
			this.running = false;
			this.whenStopped.run();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

	private static final class OnPurpose extends RuntimeException {

	}

}
