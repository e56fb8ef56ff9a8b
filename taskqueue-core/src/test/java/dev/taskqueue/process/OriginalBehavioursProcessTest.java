package dev.taskqueue.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the original implementation of this queue, in Python, was tested for.
 */
@ExtendWith(NoLeftovers.class)
class OriginalBehavioursProcessTest {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	Path directory;

	@Test
	void taskRunsInAnotherProcess() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			assertThat(queue.submit(Tasks.pid()).join()).isNotEqualTo(ProcessHandle.current().pid());
		}
	}

	@Test
	void addAfterTerminateIsRefused() {
		TaskQueue queue = TaskQueue.builder().name("closed").workerCount(1).start();
		assertThat(queue.terminate()).isTrue();
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.add(Tasks.nothing()))
			.withMessageContaining("'closed'")
			.withMessageContaining("start()");
		assertThat(queue.length()).isZero();
	}

	@Test
	void terminateGivesTasksTheirTime() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		TaskHandle<?> running = queue.add(Tasks.sleeping(300));
		TaskHandle<?> waiting = queue.add(Tasks.sleeping(300));
		assertThat(queue.terminate(LONG)).isTrue();
		assertThat(running.state()).isEqualTo(TaskState.SUCCEEDED);
		assertThat(waiting.state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void terminateKillsWhatExceedsIt() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		TaskHandle<?> running = queue.submit(new Blocked(this.directory));
		TaskHandle<?> waiting = queue.add(Tasks.nothing());
		Blocked.awaitStarted(this.directory, 1);
		long pid = queue.snapshot().workers().get(0).pid();
		assertThat(queue.terminate(Duration.ofMillis(200))).isFalse();
		assertThat(ProcessHandle.of(pid)).isEmpty();
		assertThat(running.state()).isEqualTo(TaskState.CANCELLED);
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(waiting::join)
			.withMessageContaining("terminated");
		assertThat(queue.processed()).isEqualTo(2);
	}

	@Test
	void fiveWorkersWithNineBlockedTasksAreFiveOtherProcesses() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(5).start()) {
			List<TaskHandle<Long>> handles = new ArrayList<>();
			for (int i = 0; i < 9; i++) {
				handles.add(queue.submit(new Blocked(this.directory)));
			}
			Blocked.awaitStarted(this.directory, 5);
			assertThat(queue.snapshot().running()).isEqualTo(5);
			assertThat(queue.snapshot().waiting()).isEqualTo(4);
			assertThat(queue.length()).isEqualTo(9);
			Blocked.release(this.directory);
			Set<Long> pids = new HashSet<>();
			for (TaskHandle<Long> handle : handles) {
				pids.add(handle.join());
			}
			assertThat(pids).hasSize(5).doesNotContain(ProcessHandle.current().pid());
			assertThat(queue.length()).isZero();
		}
	}

	@Test
	void workersAreReplacedAfterTheirRequests() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).requestsPerWorker(2).start()) {
			Set<Long> first = pidsOfTwo(queue, 1);
			Set<Long> second = pidsOfTwo(queue, 2);
			Set<Long> third = pidsOfTwo(queue, 3);
			assertThat(first).hasSize(2);
			assertThat(second).isEqualTo(first);
			assertThat(third).hasSize(2).doesNotContainAnyElementsOf(first);
		}
	}

	/** Two tasks that run at the same time, thus in two workers. */
	private Set<Long> pidsOfTwo(TaskQueue queue, int round) {
		Path rendezvous = this.directory.resolve("round-" + round);
		assertThat(rendezvous.toFile().mkdir()).isTrue();
		TaskHandle<Long> one = queue.submit(new Blocked(rendezvous));
		TaskHandle<Long> other = queue.submit(new Blocked(rendezvous));
		Blocked.awaitStarted(rendezvous, 2);
		try {
			Blocked.release(rendezvous);
		}
		catch (java.io.IOException ex) {
			throw new AssertionError(ex);
		}
		return new HashSet<>(List.of(one.join(), other.join()));
	}

	@Test
	void lengthCountsWaitingAndRunning() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			assertThat(queue.length()).isZero();
			List<TaskHandle<Long>> handles = new ArrayList<>();
			for (int i = 1; i <= 3; i++) {
				handles.add(queue.submit(new Blocked(this.directory)));
				assertThat(queue.length()).isEqualTo(i);
			}
			Blocked.awaitStarted(this.directory, 1);
			assertThat(queue.length()).isEqualTo(3);
			Blocked.release(this.directory);
			handles.forEach(TaskHandle::join);
			assertThat(queue.length()).isZero();
		}
	}

	@Test
	void processedCountsSuccessesAndFailuresAndNeverDecreases() {
		TaskQueue queue = TaskQueue.builder().workerCount(2).start();
		assertThat(queue.processed()).isZero();
		queue.add(Tasks.nothing()).join();
		assertThat(queue.processed()).isEqualTo(1);
		TaskHandle<?> failing = queue.add(Tasks.throwing("on purpose"));
		assertThatExceptionOfType(TaskFailedException.class).isThrownBy(failing::join);
		assertThat(queue.processed()).isEqualTo(2);
		queue.terminate();
		assertThat(queue.processed()).isEqualTo(2);
		queue.start();
		assertThat(queue.processed()).isEqualTo(2);
		queue.add(Tasks.nothing()).join();
		assertThat(queue.processed()).isEqualTo(3);
		queue.close();
	}

	@Test
	void terminateReturnsAsSoonAsEverythingDrained() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		queue.add(Tasks.nothing()).join();
		long before = System.nanoTime();
		assertThat(queue.terminate(Duration.ofMinutes(5))).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG);
	}

	@Test
	void terminateTwiceIsHarmless() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).start();
		queue.add(Tasks.nothing());
		assertThat(queue.terminate(LONG)).isTrue();
		assertThat(queue.terminate(LONG)).isTrue();
		assertThat(queue.terminate(Duration.ZERO)).isTrue();
		queue.close();
		assertThat(queue.processed()).isEqualTo(1);
	}

}
