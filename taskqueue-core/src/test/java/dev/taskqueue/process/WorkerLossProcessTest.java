package dev.taskqueue.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

import dev.taskqueue.CrashReason;
import dev.taskqueue.Task;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.WorkerState;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.HardToEnd;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Processes;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A worker that ends under its task, or without one: only that task notices.
 */
@ExtendWith(NoLeftovers.class)
class WorkerLossProcessTest {

	private static final String BEGUN = "begun-";

	@TempDir
	Path directory;

	private TaskQueue queue;

	private TaskHandle<Long> neighbour;

	@BeforeEach
	void startWithATaskInTheOtherWorker() {
		this.queue = TaskQueue.builder().workerCount(2).worker(WorkerOptions.defaults().withMaxHeap(64L << 20)).start();
		this.neighbour = this.queue.submit(new Blocked(this.directory));
		Blocked.awaitStarted(this.directory, 1);
	}

	/** In every case, the task in the other worker goes on untouched. */
	@AfterEach
	void neighbourIsUntouched() throws IOException {
		Blocked.release(this.directory);
		assertThat(this.neighbour.join(Duration.ofSeconds(30))).isPositive();
		assertThat(this.queue.submit(Tasks.pid()).join(Duration.ofSeconds(30))).isPositive();
		this.queue.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 137 })
	void exitIsACrashOfTheTask(int code) {
		WorkerCrashedException crash = crashOf(this.queue.add(() -> System.exit(code)));
		assertThat(crash.reason()).isEqualTo(CrashReason.EXITED);
		assertThat(crash.report().exitCode()).isEqualTo(code);
		assertThat(crash.report().signal()).isNull();
		assertThat(crash).hasMessageContaining("EXITED");
	}

	@Test
	void haltIsACrashOfTheTask() {
		WorkerCrashedException crash = crashOf(this.queue.add(() -> Runtime.getRuntime().halt(3)));
		assertThat(crash.reason()).isEqualTo(CrashReason.EXITED);
		assertThat(crash.report().exitCode()).isEqualTo(3);
	}

	@Test
	void exhaustedHeapIsACrashOfTheTask() {
		WorkerCrashedException crash = crashOf(this.queue.submit(() -> {
			List<long[]> hoard = new ArrayList<>();
			while (hoard.size() < Integer.MAX_VALUE) {
				hoard.add(new long[1 << 16]);
			}
			return hoard.size();
		}));
		assertThat(crash.reason()).isEqualTo(CrashReason.OUT_OF_MEMORY);
		assertThat(crash.report().stderrTail()).anyMatch((line) -> line.contains("OutOfMemoryError"));
	}

	@Test
	void killFromOutsideIsACrashOfTheTask() throws IOException {
		TaskHandle<?> handle = this.queue.add(telling(Tasks.looping()));
		ProcessHandle.of(awaitPidOfBegun()).orElseThrow().destroyForcibly();
		WorkerCrashedException crash = crashOf(handle);
		assertThat(crash.reason()).isEqualTo(CrashReason.KILLED);
		assertThat(crash.report().signal()).isEqualTo("SIGKILL");
	}

	@Test
	void crashInNativeCodeIsACrashOfTheTask() {
		WorkerCrashedException crash = crashOf(this.queue.add(() -> {
			var field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
			field.setAccessible(true);
			Object unsafe = field.get(null);
			unsafe.getClass().getMethod("putAddress", long.class, long.class).invoke(unsafe, 0L, 0L);
		}));
		assertThat(crash.reason()).isEqualTo(CrashReason.NATIVE_CRASH);
		assertThat(crash.report().errorFileHead()).contains("SIGSEGV");
		assertThat(crash.report().signal()).isEqualTo("SIGSEGV");
	}

	/** What the JVM would write is no secret, so a task can write it too. */
	@Test
	void exhaustedMemoryIsNotToldByAnExitCodeNorByALineAlone() {
		WorkerCrashedException otherCode = crashOf(this.queue.add(() -> {
			System.err.println("Terminating due to java.lang.OutOfMemoryError: Java heap space");
			Runtime.getRuntime().halt(4);
		}));
		assertThat(otherCode.reason()).isEqualTo(CrashReason.EXITED);
	}

	@Test
	void endOfAnIdleWorkerIsNotNoticedByTheNextTask() {
		this.queue.add(Tasks.nothing()).join();
		long idle = this.queue.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.state() == WorkerState.IDLE)
			.findFirst()
			.orElseThrow()
			.pid();
		ProcessHandle.of(idle).orElseThrow().destroyForcibly();
		List<TaskHandle<Long>> next = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			next.add(this.queue.submit(Tasks.pid()));
		}
		next.forEach((handle) -> assertThat(handle.join(Duration.ofSeconds(30))).isNotEqualTo(idle));
	}

	@Test
	void timeoutKillsTheProcess() {
		TaskHandle<?> handle = this.queue.add(telling(Tasks.looping()),
				TaskOptions.defaults().timeout(Duration.ofMillis(300)));
		long pid = awaitPidOfBegun();
		TaskTimeoutException timeout = catchThrowableOfType(TaskTimeoutException.class, handle::join);
		assertThat(timeout.limit()).isEqualTo(TimeLimit.TIMEOUT);
		assertThat(timeout.duration()).isEqualTo(Duration.ofMillis(300));
		assertThat(ProcessHandle.of(pid)).isEmpty();
	}

	@Test
	void cancelKillsTheProcessOfARunningTask() {
		TaskHandle<?> handle = this.queue.add(telling(Tasks.looping()));
		long pid = awaitPidOfBegun();
		assertThat(handle.cancel()).isTrue();
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(handle::join);
		assertThat(ProcessHandle.of(pid)).isEmpty();
		assertThat(handle.cancel()).isFalse();
	}

	/** Of its own group, also when it stops nothing and reads nothing. */
	@Test
	void processesATaskHasStartedEndWithItsWorker() {
		TaskHandle<?> handle = this.queue
			.add(telling(() -> new ProcessBuilder("sh", "-c", "sleep 600 & wait").start().waitFor()));
		ProcessHandle worker = ProcessHandle.of(awaitPidOfBegun()).orElseThrow();
		Awaitility.await().until(() -> worker.descendants().count() == 2);
		List<ProcessHandle> children = worker.descendants().toList();
		assertThat(handle.cancel()).isTrue();
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(handle::join);
		Awaitility.await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
	}

	@ParameterizedTest
	@EnumSource
	void timeoutEndsAWorkerInEveryState(HardToEnd state) {
		TaskHandle<?> handle = this.queue.add(telling(state), TaskOptions.defaults().timeout(Duration.ofMillis(700)));
		long pid = awaitPidOfBegun();
		assertThat(catchThrowableOfType(TaskTimeoutException.class, () -> handle.join(Duration.ofSeconds(5))).limit())
			.isEqualTo(TimeLimit.TIMEOUT);
		assertThat(ProcessHandle.of(pid)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void cancelEndsAWorkerInEveryState(HardToEnd state) {
		TaskHandle<?> handle = this.queue.add(telling(state));
		long pid = awaitPidOfBegun();
		assertThat(handle.cancel()).isTrue();
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(() -> handle.join(Duration.ofSeconds(5)));
		assertThat(ProcessHandle.of(pid)).isEmpty();
	}

	@Test
	void orphanInASessionOfItsOwnEndsWithItsKilledWorker() {
		String mark = Processes.mark();
		TaskHandle<?> handle = this.queue.add(() -> {
			Processes.leavingAnOrphan(mark).run();
			Tasks.sleeping(60_000).run();
		});
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Processes.marked(mark).size() == 1);
		assertThat(handle.cancel()).isTrue();
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> Processes.marked(mark).isEmpty());
	}

	@Test
	void stackOverflowFailsTheTaskAndRecyclesTheWorker() {
		TaskHandle<?> handle = this.queue.add(WorkerLossProcessTest::recurse);
		assertThat(handle.result().handle((value, failure) -> String.valueOf(failure)).join())
			.contains("StackOverflowError");
		assertThat(this.queue.snapshot().failed()).isEqualTo(1);
		assertThat(this.queue.snapshot().crashed()).isZero();
	}

	@SuppressWarnings("InfiniteRecursion") // on purpose
	private static void recurse() {
		recurse();
	}

	private WorkerCrashedException crashOf(TaskHandle<?> handle) {
		return catchThrowableOfType(WorkerCrashedException.class, () -> handle.join(Duration.ofMinutes(1)));
	}

	/**
	 * A task that says where it has begun. One that was only sent would be taken back
	 * from a worker that is not to run it any more, and given to another one if its
	 * worker ends.
	 */
	private Task telling(Task task) {
		File told = this.directory.toFile();
		return () -> {
			Files.createFile(told.toPath().resolve(BEGUN + ProcessHandle.current().pid()));
			task.run();
		};
	}

	private long awaitPidOfBegun() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> begun(this.directory), OptionalLong::isPresent)
			.getAsLong();
	}

	private static OptionalLong begun(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith(BEGUN))
				.mapToLong((name) -> Long.parseLong(name.substring(BEGUN.length())))
				.findFirst();
		}
	}

}
