package dev.taskqueue.process;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many tiny tasks through workers that are recycled all the time.
 */
@ExtendWith(NoLeftovers.class)
class ManyTasksProcessTest {

	private static final int TASKS = Integer.getInteger("taskqueue.many.tasks", 20_000);

	@TempDir
	Path directory;

	@Test
	void everyTaskRunsExactlyOnceAcrossRecycledWorkers() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).requestsPerWorker(1000).start()) {
			List<? extends TaskHandle<?>> handles = IntStream.range(0, TASKS)
				.mapToObj((number) -> queue.add(new Tally(number, this.directory.toFile())))
				.toList();
			handles.forEach(TaskHandle::join);
			assertThat(queue.length()).isZero();
			assertThat(queue.processed()).isEqualTo(TASKS);
			assertThat(queue.snapshot().succeeded()).isEqualTo(TASKS);
		}
		BitSet ran = Tally.read(this.directory);
		assertThat(ran.cardinality()).isEqualTo(TASKS);
		assertThat(ran.length()).isEqualTo(TASKS);
		assertThat(this.directory.toFile().list()).hasSizeGreaterThanOrEqualTo(TASKS / 1000);
	}

}
