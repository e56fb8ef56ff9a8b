package dev.taskqueue.process;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import dev.taskqueue.JoinTimeoutException;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tally;
import dev.taskqueue.fixture.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many tasks of every kind, on workers that are recycled, while somebody kills workers at
 * random. {@code -Dtaskqueue.chaos.tasks} says how many tasks, {@code -Dtaskqueue.seed}
 * repeats a run's choices; the profile {@code chaos} runs ten thousand.
 */
@ExtendWith(NoLeftovers.class)
class ChaosProcessTest {

	private static final int TASKS = Integer.getInteger("taskqueue.chaos.tasks", 400);

	private static final long SEED = Long.getLong("taskqueue.seed", System.nanoTime());

	/** What a task does after it has noted that it runs. */
	private enum Kind {

		NORMAL, THROWING, EXITING, HALTING, LOOPING, SLEEPING, HEAP_FILLING, CANCELLED;

		/** A killer can end any of them. */
		Set<TaskState> ends() {
			return switch (this) {
				case NORMAL -> EnumSet.of(TaskState.CRASHED, TaskState.SUCCEEDED);
				case THROWING -> EnumSet.of(TaskState.CRASHED, TaskState.FAILED);
				case EXITING, HALTING, HEAP_FILLING -> EnumSet.of(TaskState.CRASHED);
				case LOOPING, SLEEPING -> EnumSet.of(TaskState.CRASHED, TaskState.TIMED_OUT);
				case CANCELLED -> EnumSet.of(TaskState.CRASHED, TaskState.CANCELLED, TaskState.SUCCEEDED);
			};
		}

	}

	/** A task of a kind. */
	private record Wild(Kind kind, int number, File directory) implements Task {

		@Override
		public void run() throws Exception {
			new Tally(this.number, this.directory).run();
			switch (this.kind) {
				case NORMAL -> Thread.onSpinWait();
				case THROWING -> throw new IllegalStateException("as it should");
				case EXITING -> System.exit(this.number % 3);
				case HALTING -> Runtime.getRuntime().halt(this.number % 5);
				case LOOPING -> loop();
				case SLEEPING -> Tasks.sleeping(60_000).run();
				case HEAP_FILLING -> fill();
				case CANCELLED -> Tasks.sleeping(20).run();
			}
		}

		private static void loop() {
			while (true) {
				Thread.onSpinWait();
			}
		}

		private static void fill() {
			List<long[]> hoard = new ArrayList<>();
			while (hoard.size() < Integer.MAX_VALUE) {
				hoard.add(new long[1 << 17]);
			}
		}

	}

	@TempDir
	Path directory;

	private final Random random = new Random(SEED);

	private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);

	@Test
	void everyTaskEndsOnceAsItsKindMayAndRunsOnceAtMost() throws Exception {
		System.out.printf("%d tasks of chaos, -Dtaskqueue.seed=%d%n", TASKS, SEED);
		TaskQueue queue = TaskQueue.builder()
			.workerCount(4)
			.requestsPerWorker(50)
			.worker(WorkerOptions.defaults().withMaxHeap(16L << 20))
			.start();
		AtomicBoolean over = new AtomicBoolean();
		Thread killer = new Thread(() -> kill(queue, over, new Random(SEED + 1)), "killer");
		killer.start();
		List<Wild> tasks = new ArrayList<>();
		List<TaskHandle<?>> handles = new ArrayList<>();
		try {
			for (int number = 0; number < TASKS; number++) {
				Wild task = new Wild(kind(), number, this.directory.toFile());
				this.kinds.merge(task.kind(), 1, Integer::sum);
				tasks.add(task);
				handles.add(queue.add(task, options(task.kind())));
			}
			for (int i = 0; i < TASKS; i++) {
				if (tasks.get(i).kind() == Kind.CANCELLED && this.random.nextBoolean()) {
					handles.get(i).cancel();
				}
			}
			for (TaskHandle<?> handle : handles) {
				awaitEnd(handle);
			}
		}
		finally {
			over.set(true);
			killer.join();
		}
		assertThat(queue.terminate(Duration.ofSeconds(10))).isTrue();
		check(queue, tasks, handles);
	}

	private void check(TaskQueue queue, List<Wild> tasks, List<TaskHandle<?>> handles) throws Exception {
		Map<TaskState, Integer> ends = new EnumMap<>(TaskState.class);
		BitSet ran = Tally.read(this.directory);
		for (int i = 0; i < TASKS; i++) {
			TaskState end = handles.get(i).state();
			ends.merge(end, 1, Integer::sum);
			assertThat(end).as("task %d, seed %d", i, SEED).isIn(tasks.get(i).kind().ends());
			if (end == TaskState.SUCCEEDED || end == TaskState.FAILED) {
				assertThat(ran.get(i)).as("task %d has run, seed %d", i, SEED).isTrue();
			}
		}
		System.out.printf("chaos: %s ended %s%n", this.kinds, ends);
		TaskQueueSnapshot snapshot = queue.snapshot();
		assertThat(snapshot.succeeded()).isEqualTo(ends.getOrDefault(TaskState.SUCCEEDED, 0).longValue());
		assertThat(snapshot.failed()).isEqualTo(ends.getOrDefault(TaskState.FAILED, 0).longValue());
		assertThat(snapshot.timedOut()).isEqualTo(ends.getOrDefault(TaskState.TIMED_OUT, 0).longValue());
		assertThat(snapshot.crashed()).isEqualTo(ends.getOrDefault(TaskState.CRASHED, 0).longValue());
		assertThat(snapshot.cancelled()).isEqualTo(ends.getOrDefault(TaskState.CANCELLED, 0).longValue());
		assertThat(queue.processed()).isEqualTo(TASKS);
		assertThat(queue.length()).isZero();
	}

	/** Mostly harmless, or nothing would ever be recycled. */
	private Kind kind() {
		int percent = this.random.nextInt(1000);
		if (percent < 25) {
			return (percent < 13) ? Kind.EXITING : Kind.HALTING;
		}
		if (percent < 45) {
			return (percent < 35) ? Kind.LOOPING : Kind.SLEEPING;
		}
		if (percent < 50) {
			return Kind.HEAP_FILLING;
		}
		if (percent < 150) {
			return (percent < 75) ? Kind.CANCELLED : Kind.THROWING;
		}
		return Kind.NORMAL;
	}

	private TaskOptions options(Kind kind) {
		TaskOptions options = TaskOptions.defaults().priority(this.random.nextInt(3));
		if (this.random.nextInt(10) == 0) {
			options = options.delay(Duration.ofMillis(this.random.nextInt(500)));
		}
		return switch (kind) {
			case LOOPING -> options.timeout(Duration.ofMillis(150));
			case SLEEPING -> options.softTimeout(Duration.ofMillis(100));
			default -> options;
		};
	}

	private static void awaitEnd(TaskHandle<?> handle) {
		try {
			handle.join(Duration.ofMinutes(5));
		}
		catch (JoinTimeoutException ex) {
			throw new AssertionError(handle + ", seed " + SEED, ex);
		}
		catch (TaskQueueException ex) {
			// One of the ends there are
		}
	}

	private static void kill(TaskQueue queue, AtomicBoolean over, Random random) {
		while (!over.get()) {
			List<WorkerSnapshot> workers = queue.snapshot().workers();
			if (!workers.isEmpty()) {
				long pid = workers.get(random.nextInt(workers.size())).pid();
				if (pid > 0) {
					ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
				}
			}
			LockSupport.parkNanos(random.nextInt(1_500_000_000));
		}
	}

}
