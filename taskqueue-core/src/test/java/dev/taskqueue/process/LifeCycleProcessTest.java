package dev.taskqueue.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.taskqueue.CrashReason;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.QueueState;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Processes;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Start, pause, termination and start again.
 */
@ExtendWith(NoLeftovers.class)
class LifeCycleProcessTest {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	Path directory;

	@Test
	void buildStartsNothing() {
		long children = ProcessHandle.current().children().count();
		TaskQueue queue = TaskQueue.builder().build();
		assertThat(queue.snapshot().state()).isEqualTo(QueueState.CREATED);
		assertThat(Thread.getAllStackTraces().keySet())
			.noneMatch((thread) -> thread.getName().startsWith("taskqueue-"));
		assertThat(ProcessHandle.current().children().count()).isEqualTo(children);
		assertThat(queue.length()).isZero();
	}

	@Test
	void tasksAddedBeforeTheStartWait() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).build()) {
			TaskHandle<Long> handle = queue.submit(Tasks.pid());
			assertThat(queue.snapshot().state()).isEqualTo(QueueState.CREATED);
			assertThat(queue.snapshot().waiting()).isEqualTo(1);
			assertThat(handle.state()).isEqualTo(TaskState.WAITING);
			queue.start();
			queue.start();
			assertThat(handle.join(LONG)).isPositive();
		}
	}

	@Test
	void queueThatWasNeverStartedCancelsAtOnce() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).build();
		TaskHandle<?> handle = queue.add(Tasks.nothing());
		assertThat(queue.terminate(LONG)).isFalse();
		assertThat(handle.state()).isEqualTo(TaskState.CANCELLED);
	}

	@Test
	void startAfterTerminateOpensTheQueueAgain() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		for (int round = 1; round <= 3; round++) {
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
			assertThat(queue.terminate(LONG)).isTrue();
			assertThat(queue.snapshot().state()).isEqualTo(QueueState.TERMINATED);
			assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.add(Tasks.nothing()));
			assertThat(queue.processed()).isEqualTo(round);
			queue.start();
		}
		queue.close();
	}

	@Test
	void pauseLetsRunningTasksGoOnAndStartsNoOther() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<Long> running = queue.submit(new Blocked(this.directory));
			Blocked.awaitStarted(this.directory, 1);
			queue.pause();
			TaskHandle<?> waiting = queue.add(Tasks.nothing());
			Blocked.release(this.directory);
			assertThat(running.join(LONG)).isPositive();
			assertThat(queue.snapshot().state()).isEqualTo(QueueState.PAUSED);
			assertThat(waiting.state()).isEqualTo(TaskState.WAITING);
			queue.resume();
			waiting.join(LONG);
		}
	}

	@Test
	void terminationCancelsWhatCouldNotStartInAnyCase() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		TaskHandle<?> notDue = queue.add(Tasks.nothing(), TaskOptions.defaults().delay(Duration.ofHours(1)));
		assertThat(notDue.state()).isEqualTo(TaskState.DELAYED);
		queue.pause();
		TaskHandle<?> paused = queue.add(Tasks.nothing());
		assertThat(queue.terminate(Duration.ofMinutes(5))).isFalse();
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(notDue::join);
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(paused::join);
	}

	@Test
	void secondTerminationJoinsTheFirst() throws Exception {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		TaskHandle<Long> running = queue.submit(new Blocked(this.directory));
		Blocked.awaitStarted(this.directory, 1);
		AtomicReference<Boolean> first = new AtomicReference<>();
		Thread one = new Thread(() -> first.set(queue.terminate(LONG)));
		one.start();
		Awaitility.await().until(() -> queue.snapshot().state() == QueueState.TERMINATING);
		AtomicReference<Boolean> second = new AtomicReference<>();
		Thread other = new Thread(() -> second.set(queue.terminate(Duration.ZERO)));
		other.start();
		Awaitility.await().until(() -> other.getState() == Thread.State.WAITING);
		Blocked.release(this.directory);
		one.join(LONG.toMillis());
		other.join(LONG.toMillis());
		assertThat(first.get()).isTrue();
		assertThat(second.get()).isTrue();
		assertThat(running.state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void interruptedTerminationKillsAndKeepsTheFlag() throws Exception {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		TaskHandle<Long> running = queue.submit(new Blocked(this.directory));
		Blocked.awaitStarted(this.directory, 1);
		AtomicReference<Boolean> drained = new AtomicReference<>();
		AtomicBoolean flag = new AtomicBoolean();
		Thread caller = new Thread(() -> {
			drained.set(queue.terminate(Duration.ofMinutes(5)));
			flag.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		Awaitility.await().until(() -> queue.snapshot().state() == QueueState.TERMINATING);
		caller.interrupt();
		caller.join(LONG.toMillis());
		assertThat(drained.get()).isFalse();
		assertThat(flag).isTrue();
		assertThat(running.state()).isEqualTo(TaskState.CANCELLED);
		assertThat(queue.snapshot().workers()).isEmpty();
	}

	@Test
	void fullQueueRefusesAndTakesAgain() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().name("small").workerCount(1).capacity(2).start()) {
			TaskHandle<Long> running = queue.submit(new Blocked(this.directory));
			Blocked.awaitStarted(this.directory, 1);
			queue.add(Tasks.nothing());
			queue.add(Tasks.nothing());
			assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(Tasks.nothing()))
				.withMessageContaining("'small'")
				.withMessageContaining("2 tasks wait");
			assertThat(queue.length()).isEqualTo(3);
			Blocked.release(this.directory);
			running.join(LONG);
			Awaitility.await().until(() -> queue.length() == 0);
			queue.add(Tasks.nothing()).join(LONG);
		}
	}

	@Test
	void higherPrioritiesStartFirst() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).build()) {
			List<TaskHandle<Long>> handles = new ArrayList<>();
			for (int priority : new int[] { 0, -5, 7, 0, 7 }) {
				handles.add(queue.submit(System::nanoTime, TaskOptions.defaults().priority(priority)));
			}
			queue.start();
			List<Long> times = handles.stream().map((handle) -> handle.join(LONG)).toList();
			assertThat(List.of(times.get(2), times.get(4), times.get(0), times.get(3), times.get(1))).isSorted();
		}
	}

	@Test
	void workerThatCannotStartFailsWaitingTasksAndTheQueueRecovers() throws Exception {
		Path javaHome = this.directory.resolve("java");
		Path program = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
		Files.writeString(program, "#!/bin/sh\necho no java yet >&2\nexit 1\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
		try (TaskQueue queue = TaskQueue.builder()
			.workerCount(1)
			.worker(WorkerOptions.defaults().withJavaHome(javaHome))
			.start()) {
			TaskHandle<Long> hopeless = queue.submit(Tasks.pid());
			WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class,
					() -> hopeless.join(LONG));
			assertThat(crash.reason()).isEqualTo(CrashReason.START_FAILED);
			assertThat(crash).hasMessageContaining("no java yet");
			Files.move(javaHome, this.directory.resolve("old"));
			Files.createSymbolicLink(javaHome, Path.of(System.getProperty("java.home")));
			Awaitility.await()
				.atMost(LONG)
				.untilAsserted(() -> assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive());
		}
	}

	@Test
	void badJvmFlagIsNamedInTheFailure() {
		try (TaskQueue queue = TaskQueue.builder()
			.workerCount(1)
			.worker(WorkerOptions.defaults().withJvmArgs(List.of("-XX:+NoSuchFlag")))
			.start()) {
			TaskHandle<Long> handle = queue.submit(Tasks.pid());
			assertThatExceptionOfType(WorkerCrashedException.class).isThrownBy(() -> handle.join(LONG))
				.withMessageContaining("NoSuchFlag")
				.withMessageContaining("START_FAILED");
		}
	}

	@Test
	void hungStartIsKilledAndReported() {
		try (TaskQueue queue = TaskQueue.builder()
			.workerCount(1)
			.worker(WorkerOptions.defaults()
				.withCommandPrefix(List.of("sh", "-c", "exec sleep 600"))
				.withStartupTimeout(Duration.ofMillis(200)))
			.start()) {
			TaskHandle<Long> handle = queue.submit(Tasks.pid());
			assertThatExceptionOfType(WorkerCrashedException.class).isThrownBy(() -> handle.join(LONG))
				.withMessageContaining("START_FAILED");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM", "HUP" })
	void signalForTheWholeGroupDoesNotEndAWorker(String signal) throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			long pid = queue.submit(Tasks.pid()).join(LONG);
			Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
			assertThat(kill.waitFor()).isZero();
			// Long enough for a JVM that does mind the signal to be gone
			queue.add(Tasks.sleeping(500)).join(LONG);
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isEqualTo(pid);
		}
	}

	@Test
	void workerWithAThreadThatStaysLeavesAllTheSame() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).start()) {
			long pid = queue.submit(() -> {
				new Thread(() -> {
					while (!Thread.currentThread().isInterrupted()) {
						Thread.onSpinWait();
					}
				}).start();
				return ProcessHandle.current().pid();
			}).join(LONG);
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isNotEqualTo(pid);
			Awaitility.await().atMost(LONG).until(() -> ProcessHandle.of(pid).isEmpty());
		}
	}

	@Test
	void processATaskHasLeftBehindEndsWithItsRecycledWorker() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).start()) {
			long child = queue.submit(() -> new ProcessBuilder("sleep", "600").start().pid()).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> ProcessHandle.of(child).isEmpty());
		}
	}

	@Test
	void orphanInASessionOfItsOwnEndsWithItsRecycledWorker() {
		String mark = Processes.mark();
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(2).start()) {
			queue.add(Processes.leavingAnOrphan(mark)).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> Processes.marked(mark).size() == 1);
			queue.add(Tasks.nothing()).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> Processes.marked(mark).isEmpty());
		}
	}

	@Test
	void orphanInASessionOfItsOwnEndsWithTheQueue() {
		String mark = Processes.mark();
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(Processes.leavingAnOrphan(mark)).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> Processes.marked(mark).size() == 1);
		}
		assertThat(Processes.marked(mark)).isEmpty();
	}

	@Test
	void workerCannotHaveWorkersOfItsOwn() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<?> handle = queue.add(() -> TaskQueue.builder().build().close());
			assertThat(handle.result().handle((value, failure) -> String.valueOf(failure)).join())
				.contains("A worker process cannot have workers of its own");
		}
	}

}
