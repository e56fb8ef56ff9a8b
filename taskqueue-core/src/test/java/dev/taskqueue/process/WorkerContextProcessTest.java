package dev.taskqueue.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.taskqueue.BeanRef;
import dev.taskqueue.ContextSettings;
import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.QueueMode;
import dev.taskqueue.StartFailure;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.fixture.Greeter;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Workers that start a context before their first task, and end with it.
 */
@ExtendWith(NoLeftovers.class)
class WorkerContextProcessTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	@TempDir
	Path directory;

	// Beans

	@Test
	void taskRunsOnTheWorkersOwnBean() {
		try (TaskQueue queue = started(Map.of("greeting", "good day"))) {
			String name = "parent";
			assertThat(queue.submit(Greeter.class, (greeter) -> greeter.greet(name)).join(LONG))
				.isEqualTo("good day parent");
			assertThat(queue.submit(BeanRef.of(Greeter.class, "ahoy"), (greeter) -> greeter.greet(name)).join(LONG))
				.isEqualTo("ahoy parent");
			assertThat(queue.submit(Greeter.class, Greeter::pid).join(LONG))
				.isNotEqualTo(ProcessHandle.current().pid());
			queue.add(Greeter.class, Greeter::pid).join(LONG);
		}
	}

	@Test
	void beanThatDoesNotExistFailsItsTaskAndNotTheWorker() {
		try (TaskQueue queue = started(Map.of())) {
			long pid = queue.submit(Greeter.class, Greeter::pid).join(LONG);
			TaskHandle<?> missing = queue.add(StringBuilder.class, StringBuilder::reverse);
			TaskFailedException failure = catchThrowableOfType(TaskFailedException.class, () -> missing.join(LONG));
			assertThat(failure.getMessage()).contains(NoSuchElementException.class.getName())
				.contains("No bean of type java.lang.StringBuilder");
			assertThat(queue.submit(Greeter.class, Greeter::pid).join(LONG)).isEqualTo(pid);
		}
	}

	@Test
	void valuesAreNeitherOnTheCommandLineNorInTheEnvironment() {
		try (TaskQueue queue = started(Map.of("greeting", "a-secret-value"))) {
			String seen = queue.submit(Greeter.class, (greeter) -> greeter.greet("") + files()).join(LONG);
			assertThat(seen).startsWith("a-secret-value ").contains("java");
			assertThat(seen.substring(15)).doesNotContain("secret");
		}
	}

	private static String files() throws IOException {
		return Files.readString(Path.of("/proc/self/cmdline")) + Files.readString(Path.of("/proc/self/environ"));
	}

	// The start

	@Test
	void startIsLoggedByTheApplicationAndInAThreadThatIsNotMain() {
		try (CapturedLog log = CapturedLog.of("fixture.context");
				CapturedLog out = CapturedLog.of("dev.taskqueue.stdout")) {
			try (TaskQueue queue = started(Map.of("lines", "3000"))) {
				queue.submit(Greeter.class, Greeter::pid).join(LONG);
			}
			assertThat(log.messages()).hasSize(3002).startsWith("Starting in taskqueue-context").endsWith("Closing");
			assertThat(out.messages()).containsExactly("Starting out loud");
		}
	}

	@Test
	void workerIsNotReadyBeforeItsContextIs() {
		try (TaskQueue queue = started(Map.of("start", "hang"))) {
			awaitFiles("started-", 1);
			assertThat(queue.snapshot().workers()).singleElement()
				.satisfies((worker) -> assertThat(worker.state()).hasToString("STARTING"));
		}
	}

	@Test
	void waitingTasksFailWithTheContextsOwnText() throws IOException {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue"); TaskQueue queue = started(Map.of("start", "explain"))) {
			CrashReport report = crashOf(queue.submit(Greeter.class, Greeter::pid)).report();
			assertThat(report.reason()).isEqualTo(CrashReason.START_FAILED);
			assertThat(report.detail()).isEqualTo("No bean 'mailer'.\nAction: define one.");
			assertThat(StartFailure.of(report).description())
				.isEqualTo("A worker process could not start its context: No bean 'mailer'.\nAction: define one.");
			WorkerCrash failed = queue.snapshot().failedLaunch();
			assertThat(failed).isNotNull();
			assertThat(failed.report().detail()).isEqualTo(report.detail());
			assertThat(files("started-")).hasSizeGreaterThanOrEqualTo(3);
			assertThat(log.messages()).filteredOn((line) -> line.contains("Action: define one."))
				.as("said once, and not with every launch")
				.hasSize(1);
		}
	}

	@Test
	void otherFailureOfAStartIsItsTrace() {
		try (TaskQueue queue = started(Map.of("start", "throw"))) {
			assertThat(crashOf(queue.submit(Greeter.class, Greeter::pid)).report().detail())
				.startsWith("java.lang.IllegalStateException: broken")
				.contains("at dev.taskqueue.fixture.FixtureContext.misbehave")
				.contains("Caused by: java.io.IOException: the cause");
		}
	}

	@Test
	void exitDuringTheStartIsAFailedStart() {
		try (TaskQueue queue = started(Map.of("start", "exit"))) {
			CrashReport report = crashOf(queue.submit(Greeter.class, Greeter::pid)).report();
			assertThat(report.reason()).isEqualTo(CrashReason.START_FAILED);
			assertThat(report.exitCode()).isEqualTo(7);
		}
	}

	@Test
	void startThatHangsIsCutAndSaysWhereItWas() {
		WorkerOptions options = WorkerOptions.defaults().withStartupTimeout(Duration.ofSeconds(3));
		try (TaskQueue queue = builder(Map.of("start", "hang")).worker(options).start()) {
			Awaitility.await().atMost(LONG).until(() -> queue.snapshot().failedLaunch() != null);
			WorkerCrash failed = queue.snapshot().failedLaunch();
			assertThat(failed).isNotNull();
			assertThat(failed.report().detail()).startsWith("it was not ready within the startup-timeout")
				.contains("\"taskqueue-context\"")
				.contains("dev.taskqueue.fixture.FixtureContext.hang(");
		}
	}

	@Test
	void repairedContextRecoversByItself() throws IOException {
		try (TaskQueue queue = started(Map.of("start", "explain"))) {
			crashOf(queue.submit(Greeter.class, Greeter::pid));
			Files.createFile(this.directory.resolve("repaired"));
			Awaitility.await().atMost(LONG).until(() -> queue.snapshot().failedLaunch() == null);
			assertThat(queue.submit(Greeter.class, (greeter) -> greeter.greet("you")).join(LONG))
				.isEqualTo("hello you");
		}
	}

	@Test
	void withoutAnImplementationItSaysWhatIsMissing() {
		String withoutFixtures = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
		WorkerOptions options = WorkerOptions.defaults().withClassPath(withoutFixtures);
		try (TaskQueue queue = builder(Map.of()).worker(options).start()) {
			assertThat(crashOf(queue.submit(Greeter.class, Greeter::pid)).report().detail())
				.startsWith("No dev.taskqueue.WorkerContext is among the services")
				.contains("taskqueue-autoconfigure");
		}
	}

	// The end

	@Test
	void contextIsClosedWhenItsWorkerLeaves() throws IOException {
		try (TaskQueue queue = builder(Map.of()).requestsPerWorker(2).start()) {
			for (int i = 0; i < 4; i++) {
				queue.add(Greeter.class, Greeter::pid).join(LONG);
			}
		}
		assertThat(files("closed-")).hasSizeGreaterThanOrEqualTo(2);
	}

	@Test
	void contextThatDoesNotCloseHoldsNobodyUpForLong() throws IOException {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker")) {
			TaskQueue queue = started(Map.of("close", "hang"));
			queue.add(Greeter.class, Greeter::pid).join(LONG);
			long begin = System.nanoTime();
			assertThat(queue.terminate(LONG)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(5),
					Duration.ofSeconds(20));
			assertThat(files("closed-")).isEmpty();
			assertThat(log.messages()).anyMatch(
					(line) -> line.contains("has not closed after 5000 ms") && line.contains("FixtureContext.hang"));
		}
	}

	@Test
	void terminationsDeadlineGoesBeforeTheContextsEnd() {
		TaskQueue queue = started(Map.of("close", "hang"));
		queue.add(Greeter.class, Greeter::pid).join(LONG);
		long begin = System.nanoTime();
		queue.terminate(Duration.ofMillis(100));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
	}

	@Test
	void failureToCloseIsLogged() {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker")) {
			try (TaskQueue queue = started(Map.of("close", "throw"))) {
				queue.add(Greeter.class, Greeter::pid).join(LONG);
			}
			assertThat(log.messages()).anyMatch((line) -> line.contains("has not closed well"));
		}
	}

	@Test
	void taskThatExitsDoesNotWaitForTheContext() throws IOException {
		try (TaskQueue queue = started(Map.of("close", "hang"))) {
			long begin = System.nanoTime();
			CrashReport report = crashOf(queue.add(Greeter.class, (greeter) -> System.exit(3))).report();
			assertThat(report.reason()).isEqualTo(CrashReason.EXITED);
			assertThat(report.exitCode()).isEqualTo(3);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			queue.terminate(Duration.ZERO);
		}
	}

	@Test
	void killedWorkerClosesNothing() throws IOException {
		try (TaskQueue queue = started(Map.of())) {
			TaskHandle<?> slow = queue.add(Greeter.class, (greeter) -> Tasks.sleeping(Long.MAX_VALUE).run(),
					TaskOptions.defaults().timeout(Duration.ofMillis(100)));
			assertThat(catchThrowableOfType(TaskTimeoutException.class, () -> slow.join(LONG))).isNotNull();
			assertThat(files("closed-")).isEmpty();
			assertThat(queue.submit(Greeter.class, Greeter::pid).join(LONG)).isPositive();
		}
	}

	// No pool in a worker

	@ParameterizedTest
	@EnumSource
	void workerBuildsNoQueueOfItsOwn(QueueMode mode) {
		try (TaskQueue queue = started(Map.of())) {
			TaskHandle<?> builds = queue.add(ContextSettings.class,
					(settings) -> TaskQueue.builder().name("second").mode(mode).build());
			TaskFailedException failure = catchThrowableOfType(TaskFailedException.class, () -> builds.join(LONG));
			assertThat(failure.getMessage()).contains(IllegalStateException.class.getName())
				.contains("A worker process cannot have workers of its own: queue 'second' is refused")
				.contains("ContextSettings.queue");
		}
	}

	private static WorkerCrashedException crashOf(TaskHandle<?> task) {
		return catchThrowableOfType(WorkerCrashedException.class, () -> task.join(LONG));
	}

	private void awaitFiles(String prefix, int count) {
		Awaitility.await().atMost(LONG).until(() -> files(prefix).size() >= count);
	}

	private List<String> files(String prefix) throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith(prefix))
				.toList();
		}
	}

	private TaskQueue started(Map<String, String> values) {
		return builder(values).start();
	}

	private TaskQueue.Builder builder(Map<String, String> values) {
		Map<String, String> all = new HashMap<>(values);
		all.put("directory", this.directory.toString());
		return TaskQueue.builder().name("context").workerCount(1).workerContext(all);
	}

}
