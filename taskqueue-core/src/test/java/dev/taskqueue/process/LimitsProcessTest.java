package dev.taskqueue.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.taskqueue.CallableTask;
import dev.taskqueue.CrashReason;
import dev.taskqueue.RunningTask;
import dev.taskqueue.TaskContext;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Soft timeouts, stacks, attempts and progress, with real processes.
 */
@ExtendWith(NoLeftovers.class)
class LimitsProcessTest {

	private static final TaskOptions SOFT = TaskOptions.defaults().softTimeout(Duration.ofMillis(200));

	private final TaskQueue queue = TaskQueue.builder().workerCount(1).start();

	@TempDir
	Path directory;

	@AfterEach
	void close() {
		this.queue.terminate(Duration.ZERO);
	}

	@Test
	void softInterruptedTaskThatEndsInItsGraceKeepsItsWorker() {
		long pid = this.queue.submit(Tasks.pid()).join();
		TaskTimeoutException timeout = timeoutOf(this.queue.add(Tasks.sleeping(60_000), SOFT));
		assertThat(timeout.limit()).isEqualTo(TimeLimit.SOFT_TIMEOUT);
		assertThat(timeout.remoteTrace()).contains("InterruptedException", "Thread.sleep");
		assertThat(this.queue.submit(Tasks.pid()).join()).isEqualTo(pid);
	}

	@Test
	void valueReturnedInGraceIsStillTimedOut() {
		TaskHandle<Boolean> handle = this.queue.submit(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				Thread.onSpinWait();
			}
			return true;
		}, SOFT);
		assertThat(timeoutOf(handle).limit()).isEqualTo(TimeLimit.SOFT_TIMEOUT);
		assertThat(handle.state()).isEqualTo(TaskState.TIMED_OUT);
	}

	/** One interrupt is meant for one task. */
	@Test
	void interruptNeverReachesTheNextTask() {
		for (int i = 0; i < 50; i++) {
			int millis = i % 5;
			this.queue.add(Tasks.sleeping(millis), TaskOptions.defaults().softTimeout(Duration.ofMillis(2)));
			TaskHandle<Boolean> next = this.queue.submit(() -> {
				Tasks.sleeping(1).run();
				return Thread.interrupted();
			});
			assertThat(next.join()).isFalse();
		}
	}

	@Test
	void taskThatIgnoresItsInterruptIsKilledAfterItsGraceWithItsStack() {
		TaskHandle<?> handle = this.queue.add(Tasks.looping(), SOFT.grace(Duration.ofMillis(500)));
		TaskTimeoutException timeout = timeoutOf(handle);
		assertThat(timeout.limit()).isEqualTo(TimeLimit.SOFT_TIMEOUT);
		assertThat(timeout.remoteTrace()).startsWith("\"task\" RUNNABLE").contains("fixture.Tasks");
		assertThat(this.queue.submit(Tasks.pid()).join()).isPositive();
	}

	@Test
	void hardKillCarriesTheStackOfThatMoment() {
		TaskTimeoutException timeout = timeoutOf(
				this.queue.add(Tasks.sleeping(60_000), TaskOptions.defaults().timeout(Duration.ofMillis(500))));
		assertThat(timeout.limit()).isEqualTo(TimeLimit.TIMEOUT);
		assertThat(timeout.remoteTrace()).startsWith("\"task\" TIMED_WAITING").contains("Thread.sleep");
		assertThat(timeout).hasStackTraceContaining("in the worker: \"task\" TIMED_WAITING");
	}

	@Test
	void taskThatWaitsTooLongNeverRuns() throws Exception {
		File tally = this.directory.resolve("queue-timeout").toFile();
		TaskHandle<?> busy = this.queue.add(Tasks.looping());
		Awaitility.await().until(() -> busy.state() == TaskState.RUNNING);
		TaskHandle<?> late = this.queue.add(() -> note(tally, 1),
				TaskOptions.defaults().queueTimeout(Duration.ofMillis(300)));
		assertThat(catchThrowableOfType(TaskTimeoutException.class, () -> late.join(Duration.ofSeconds(30))).limit())
			.isEqualTo(TimeLimit.QUEUE_TIMEOUT);
		assertThat(busy.state()).isEqualTo(TaskState.RUNNING);
		busy.cancel();
		assertThat(this.queue.submit(Tasks.pid()).join(Duration.ofSeconds(30))).isPositive();
		assertThat(tally).doesNotExist();
	}

	@Test
	void thrownTaskIsAttemptedAgainUntilItSucceeds() {
		File file = this.directory.resolve("attempts").toFile();
		CallableTask<Integer> task = () -> {
			int attempt = TaskContext.current().attempt();
			note(file, attempt);
			if (attempt < 3) {
				throw new IllegalStateException("attempt " + attempt);
			}
			return attempt;
		};
		TaskOptions three = TaskOptions.defaults().maxAttempts(3).backoff(Duration.ofMillis(10));
		assertThat(this.queue.submit(task, three).join()).isEqualTo(3);
		assertThat(file).hasContent("1\n2\n3\n");
		assertThat(this.queue.processed()).isOne();
	}

	@Test
	void taskThatKillsWorkerAfterWorkerEndsAfterItsAttempts() {
		File file = this.directory.resolve("attempts").toFile();
		TaskHandle<?> handle = this.queue.add(() -> {
			note(file, TaskContext.current().attempt());
			Runtime.getRuntime().halt(1);
		}, TaskOptions.defaults().maxAttempts(3).backoff(Duration.ZERO));
		WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class, handle::join);
		assertThat(crash.reason()).isEqualTo(CrashReason.EXITED);
		assertThat(file).hasContent("1\n2\n3\n");
	}

	@Test
	void whatIsNotToBeRetriedIsNot() {
		TaskHandle<?> handle = this.queue.add(Tasks.throwing("no"),
				TaskOptions.defaults().maxAttempts(3).retryOn(TaskState.CRASHED, TaskState.TIMED_OUT));
		assertThat(catchThrowableOfType(TaskFailedException.class, handle::join).exceptionMessage()).isEqualTo("no");
	}

	@Test
	void contextTellsIdAttemptAndDeadline() {
		TaskHandle<List<Object>> handle = this.queue.submit(
				() -> List.of(TaskContext.current().id(), TaskContext.current().attempt(),
						Objects.requireNonNull(TaskContext.current().deadline())),
				TaskOptions.defaults().timeout(Duration.ofMinutes(1)));
		List<Object> seen = handle.join();
		assertThat(seen.subList(0, 2)).containsExactly(handle.id(), 1);
		assertThat((Instant) seen.get(2)).isBetween(Instant.now(), Instant.now().plusSeconds(61));
		assertThat(this.queue.submit(() -> TaskContext.current().deadline() == null).join()).isTrue();
	}

	@Test
	void lastProgressIsInTheSnapshotWhileTheTaskRuns() throws Exception {
		File gate = this.directory.toFile();
		TaskHandle<?> handle = this.queue.submit(() -> {
			for (int i = 0; i <= 1000; i++) {
				TaskContext.current().progress(i / 1000.0, "step " + i);
			}
			return new Blocked(gate).call();
		});
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.queue.snapshot()
				.workers()
				.stream()
				.map((worker) -> worker.task())
				.filter(Objects::nonNull)
				.map(RunningTask::progress)
				.anyMatch(new TaskProgress(1, "step 1000")::equals));
		Blocked.release(this.directory);
		handle.join();
	}

	private static TaskTimeoutException timeoutOf(TaskHandle<?> handle) {
		return catchThrowableOfType(TaskTimeoutException.class, () -> handle.join(Duration.ofSeconds(30)));
	}

	private static void note(File file, int attempt) throws java.io.IOException {
		Files.writeString(file.toPath(), attempt + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

}
