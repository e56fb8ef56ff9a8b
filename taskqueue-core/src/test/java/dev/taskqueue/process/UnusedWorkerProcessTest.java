package dev.taskqueue.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Processes;
import dev.taskqueue.fixture.Tally;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that end before they were of any use: no task is lost or run twice, and the
 * machine is not kept busy with launches.
 */
@ExtendWith(NoLeftovers.class)
class UnusedWorkerProcessTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	@TempDir
	Path directory;

	@Test
	void workersThatEndIdleAgainAndAgainAreReplacedEverMoreSlowly() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			Duration shortest = Duration.ZERO;
			for (int ends = 1; ends <= 4; ends++) {
				long pid = awaitIdle(queue).pid();
				Instant killed = Instant.now();
				Processes.signal("KILL", pid);
				WorkerSnapshot successor = Awaitility.await()
					.atMost(LONG)
					.until(() -> queue.snapshot().workers().stream().findFirst().orElse(null),
							(worker) -> worker != null && worker.pid() != pid);
				assertThat(Duration.between(killed, successor.startedAt())).as("launch after %d unused ends", ends)
					.isGreaterThanOrEqualTo(shortest);
				// The first is replaced at once; then 0.1 s, 0.2 s, 0.4 s
				shortest = (ends == 1) ? Duration.ofMillis(100) : shortest.multipliedBy(2);
			}
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
		}
	}

	@Test
	void taskOfAWorkerThatEndsBeforeItHasBegunRunsElsewhereOnce() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			long stopped = awaitIdle(queue).pid();
			Processes.stop(stopped);
			TaskHandle<?> handle = queue.add(new Tally(1, this.directory.toFile()));
			Awaitility.await().atMost(LONG).until(() -> queue.snapshot().workers().get(0).task() != null);
			Processes.signal("KILL", stopped);
			handle.join(LONG);
			assertThat(handle.state()).isEqualTo(TaskState.SUCCEEDED);
			assertThat(queue.snapshot().crashed()).isZero();
			assertThat(queue.snapshot().workers()).noneMatch((worker) -> worker.pid() == stopped);
		}
		assertThat(Tally.read(this.directory).cardinality()).isOne();
	}

	private static WorkerSnapshot awaitIdle(TaskQueue queue) {
		return Awaitility.await()
			.atMost(LONG)
			.until(() -> queue.snapshot()
				.workers()
				.stream()
				.filter((worker) -> worker.state() == WorkerState.IDLE)
				.findFirst()
				.orElse(null), (worker) -> worker != null);
	}

}
