package dev.taskqueue.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.taskqueue.CrashReason;
import dev.taskqueue.QueueState;
import dev.taskqueue.ResultUnreadableException;
import dev.taskqueue.Task;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Unusual surroundings and extreme values, each of which once was a fault.
 */
@ExtendWith(NoLeftovers.class)
class RobustnessProcessTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	/** Fails while it is read, in a way that can leave a class half initialized. */
	record PoisonousToRead(int number) implements Task {

		private Object readResolve() {
			throw new NoClassDefFoundError("on purpose");
		}

		@Override
		public void run() {
			throw new AssertionError("cannot be read");
		}

	}

	@Test
	void collectorChosenByTheEnvironmentIsNotChosenTwice() {
		try (TaskQueue queue = TaskQueue.builder()
			.workerCount(1)
			.worker(WorkerOptions.defaults().withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC")))
			.start()) {
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
		}
	}

	@Test
	void variableThatEveryJvmReportsIsNoWarning() {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.stderr");
				TaskQueue queue = TaskQueue.builder()
					.workerCount(1)
					.worker(WorkerOptions.defaults().withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-Dsome=thing")))
					.start()) {
			queue.add(() -> System.err.println("said by the task")).join(LONG);
			Awaitility.await().until(() -> !log.messages().isEmpty());
			assertThat(log.messages()).containsExactly("said by the task");
		}
	}

	@Test
	void concurrentCollectionIsAnAcceptedResult() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			assertThat(queue.submit(() -> new ConcurrentHashMap<>(Map.of("a", 1))).join(LONG)).containsEntry("a", 1);
		}
	}

	@Test
	void classTheUsersFilterRefusesIsNamed() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).resultFilter("!java.util.ArrayList").start()) {
			TaskHandle<Object> handle = queue.submit(() -> new java.util.ArrayList<>(List.of(1)));
			assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(() -> handle.join(LONG))
				.withMessageContaining("java.util.ArrayList");
		}
	}

	@Test
	void textsOfAnyLengthDoNotBreakTheChannel() {
		try (CapturedLog log = CapturedLog.of("acme");
				TaskQueue queue = TaskQueue.builder().workerCount(1).maxPayload(2_000).start()) {
			long pid = queue.submit(Tasks.pid()).join(LONG);
			TaskHandle<?> failing = queue.add(() -> {
				MDC.put("long", "€".repeat(5_000_000));
				MDC.put("short", "kept");
				LoggerFactory.getLogger("acme." + "n".repeat(100_000))
					.info("€".repeat(2_000_000), new IllegalStateException("€".repeat(2_000_000)));
				throw new IllegalStateException("€".repeat(2_000_000));
			});
			assertThat(catchThrowableOfType(TaskFailedException.class, () -> failing.join(LONG)).exceptionMessage())
				.startsWith("€€€")
				.endsWith("(cut)");
			Awaitility.await().until(() -> !log.events().isEmpty());
			assertThat(log.events().get(0).getMDCPropertyMap()).containsEntry("short", "kept")
				.doesNotContainKey("long");
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isEqualTo(pid);
		}
	}

	@Test
	void directoryThatACleanerTookIsMadeAgain() throws IOException {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).start()) {
			queue.add(Tasks.nothing()).join(LONG);
			for (Path directory : ownDirectories()) {
				delete(directory);
			}
			for (int i = 0; i < 5; i++) {
				assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
			}
			assertThat(ownDirectories()).hasSize(1);
		}
	}

	@Test
	void largeTasksAndResultsPass() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			byte[] large = new byte[30 << 20];
			large[large.length - 1] = 7;
			byte[] echo = queue.submit(() -> large).join(LONG);
			assertThat(echo).hasSize(30 << 20).endsWith(7);
		}
	}

	@Test
	void taskThatNoWorkerLivesToBeginIsGivenUp() {
		try (TaskQueue queue = TaskQueue.builder()
			.workerCount(1)
			.worker(WorkerOptions.defaults().withMaxHeap(16L << 20))
			.start()) {
			byte[] tooLarge = new byte[40 << 20];
			TaskHandle<Integer> handle = queue.submit(() -> tooLarge.length);
			TaskHandle<Long> next = queue.submit(Tasks.pid());
			assertThat(catchThrowableOfType(WorkerCrashedException.class, () -> handle.join(LONG)).reason())
				.isEqualTo(CrashReason.OUT_OF_MEMORY);
			assertThat(next.join(LONG)).isPositive();
		}
	}

	/** Anybody may put a pipe there, and whoever opens it waits for its other end. */
	@Test
	void pipeInTheTemporaryDirectoryDoesNotHoldUpTheStart() throws Exception {
		Path trap = Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), "taskqueue-1-trap"));
		try {
			Process mkfifo = new ProcessBuilder("mkfifo", trap.resolve("lock").toString()).start();
			assertThat(mkfifo.waitFor()).isZero();
			CompletableFuture<TaskQueue> started = CompletableFuture
				.supplyAsync(() -> TaskQueue.builder().workerCount(1).start());
			try (TaskQueue queue = started.get(LONG.toSeconds(), TimeUnit.SECONDS)) {
				assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
			}
		}
		finally {
			delete(trap);
		}
	}

	@Test
	void pauseOfATerminatedQueueDoesNotHoldUpTheNextStart() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		queue.terminate();
		queue.pause();
		queue.start();
		assertThat(queue.snapshot().state()).isEqualTo(QueueState.RUNNING);
		assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
		queue.close();
	}

	@Test
	void workerIsNotUsedAgainAfterALinkageErrorWhileReadingATask() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			long pid = queue.submit(Tasks.pid()).join(LONG);
			TaskHandle<?> poisonous = queue.add(new PoisonousToRead(1));
			assertThatExceptionOfType(TaskFailedException.class).isThrownBy(() -> poisonous.join(LONG))
				.withMessageContaining("on purpose");
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isNotEqualTo(pid);
			assertThat(queue.snapshot().crashed()).isZero();
		}
	}

	@Test
	void startOfAWorkerIsTheSameMomentInEverySnapshot() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(Tasks.nothing()).join(LONG);
			assertThat(queue.snapshot().workers().get(0).startedAt())
				.isEqualTo(queue.snapshot().workers().get(0).startedAt());
		}
	}

	private static List<Path> ownDirectories() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files
				.filter((file) -> file.getFileName()
					.toString()
					.startsWith("taskqueue-" + ProcessHandle.current().pid() + "-"))
				.toList();
		}
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
		Files.delete(directory);
	}

}
