package dev.taskqueue.process;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tally;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Recycling by memory and age, with real processes.
 */
@ExtendWith(NoLeftovers.class)
class WearProcessTest {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final WorkerOptions LIMITED = WorkerOptions.defaults()
		.withMaxHeap(32L << 20)
		.withJvmArgs(List.of("-XX:MaxDirectMemorySize=1g"))
		.withMaxMemory(200L << 20);

	private static final List<ByteBuffer> leak = new ArrayList<>();

	@TempDir
	Path directory;

	/** Holds so much memory outside the heap, for good. */
	private static void leak(int megabytes) {
		for (int i = 0; i < megabytes; i++) {
			ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
			for (int at = 0; at < buffer.capacity(); at += 1024) {
				buffer.put(at, (byte) 1);
			}
			leak.add(buffer);
		}
	}

	/** A task that leaves some memory behind. */
	record Leaky(int number, File directory) implements Task {

		@Override
		public void run() throws Exception {
			leak(12);
			new Tally(this.number, this.directory).run();
		}

	}

	@Test
	void leakingWorkersAreRecycledAndNoTaskIsLost() throws Exception {
		int tasks = 60;
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker");
				TaskQueue queue = TaskQueue.builder().workerCount(2).worker(LIMITED).start()) {
			List<TaskHandle<?>> handles = new ArrayList<>();
			for (int i = 0; i < tasks; i++) {
				handles.add(queue.add(new Leaky(i, this.directory.toFile())));
			}
			handles.forEach((handle) -> handle.join(LONG));
			assertThat(queue.terminate(LONG)).isTrue();
			assertThat(queue.snapshot().succeeded()).isEqualTo(tasks);
			assertThat(log.messages()).filteredOn((message) -> message.contains("max-memory"))
				.hasSizeGreaterThanOrEqualTo(2);
		}
		assertThat(Tally.read(this.directory).cardinality()).isEqualTo(tasks);
	}

	@Test
	void hogCrashesOutOfMemoryWhileItsNeighbourGoesOn() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).worker(LIMITED).start()) {
			TaskHandle<Long> neighbour = queue.submit(new Blocked(this.directory));
			Blocked.awaitStarted(this.directory, 1);
			TaskHandle<?> hog = queue.add(() -> {
				leak(400);
				Tasks.sleeping(60_000).run();
			});
			WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class, () -> hog.join(LONG));
			assertThat(crash.reason()).isEqualTo(CrashReason.OUT_OF_MEMORY);
			assertThat(crash).hasMessageContaining("over its max-memory of 200 MB by more than half");
			assertThat(neighbour.state()).isEqualTo(TaskState.RUNNING);
			Blocked.release(this.directory);
			assertThat(neighbour.join(LONG)).isPositive();
		}
	}

	@Test
	void oldIdleWorkerIsReplaced() {
		WorkerOptions young = WorkerOptions.defaults().withMaxAge(Duration.ofMillis(500));
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).worker(young).start()) {
			long first = queue.submit(Tasks.pid()).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> ProcessHandle.of(first).isEmpty());
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isNotEqualTo(first);
		}
	}

}
