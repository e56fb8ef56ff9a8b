package dev.taskqueue.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.CallableTask;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tally;
import dev.taskqueue.fixture.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tiny tasks, many of which are with a worker when something happens to it.
 */
@ExtendWith(NoLeftovers.class)
class SendAheadProcessTest {

	@TempDir
	Path directory;

	@Test
	void tasksThatEndTheirWorkerTakeNoOtherWithThem() throws Exception {
		int tasks = 6_000;
		Task exit = () -> Runtime.getRuntime().halt(0);
		List<TaskHandle<?>> killers = new ArrayList<>();
		List<TaskHandle<?>> others = new ArrayList<>();
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).start()) {
			for (int number = 0; number < tasks; number++) {
				if (number % 1_000 == 999) {
					killers.add(queue.add(exit));
				}
				others.add(queue.add(new Tally(number, this.directory.toFile())));
			}
			others.forEach(TaskHandle::join);
			assertThat(killers).noneMatch(SendAheadProcessTest::succeeds);
			assertThat(queue.snapshot().succeeded()).isEqualTo(tasks);
			assertThat(queue.snapshot().crashed()).isEqualTo(killers.size());
			assertThat(killers).allMatch((killer) -> killer.state() == TaskState.CRASHED);
		}
		BitSet ran = Tally.read(this.directory);
		assertThat(ran.cardinality()).isEqualTo(tasks);
	}

	@Test
	void aWorkerKilledFromOutsideLosesOneTaskAtMost() throws Exception {
		int tasks = 20_000;
		int kills = 5;
		List<TaskHandle<?>> handles = new ArrayList<>();
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).start()) {
			for (int number = 0; number < tasks; number++) {
				handles.add(queue.add(new Tally(number, this.directory.toFile())));
			}
			for (int kill = 1; kill <= kills; kill++) {
				handles.get(kill * tasks / (kills + 2)).join();
				queue.snapshot()
					.workers()
					.stream()
					.filter((worker) -> worker.task() != null)
					.map(WorkerSnapshot::pid)
					.findFirst()
					.flatMap(ProcessHandle::of)
					.ifPresent(ProcessHandle::destroyForcibly);
			}
			long crashed = handles.stream().filter((handle) -> !succeeds(handle)).count();
			assertThat(crashed).isLessThanOrEqualTo(kills);
			assertThat(queue.snapshot().crashed()).isEqualTo(crashed);
			assertThat(Tally.read(this.directory).cardinality()).isBetween((int) (tasks - crashed), tasks);
		}
	}

	@Test
	void aTimeoutHitsItsTaskAndNotThoseBehindIt() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			proveShort(queue);
			TaskHandle<?> loop = queue.add(Tasks.looping(), TaskOptions.defaults().timeout(Duration.ofMillis(300)));
			List<TaskHandle<?>> behind = new ArrayList<>();
			for (int number = 0; number < 100; number++) {
				behind.add(queue.add(new Tally(number, this.directory.toFile())));
			}
			behind.forEach(TaskHandle::join);
			assertThat(loop.state()).isEqualTo(TaskState.TIMED_OUT);
		}
		assertThat(Tally.read(this.directory).cardinality()).isEqualTo(100);
	}

	@Test
	void nothingWaitsBehindALongTaskWhileAnotherWorkerIsFree() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).start()) {
			proveShort(queue);
			TaskHandle<?> loop = queue.add(Tasks.looping());
			for (int i = 0; i < 50; i++) {
				List<TaskHandle<?>> shorts = new ArrayList<>();
				for (int k = 0; k < 40; k++) {
					shorts.add(queue.add(Tasks.nothing()));
				}
				shorts.forEach((handle) -> handle.join(Duration.ofSeconds(20)));
			}
			assertThat(loop.state()).isEqualTo(TaskState.RUNNING);
			loop.cancel();
		}
	}

	@Test
	void noWorkerServesMoreThanItMay() {
		CallableTask<Long> pid = Tasks.pid();
		Map<Long, Integer> served = new HashMap<>();
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).requestsPerWorker(50).start()) {
			List<TaskHandle<Long>> handles = new ArrayList<>();
			for (int i = 0; i < 600; i++) {
				handles.add(queue.submit(pid));
			}
			handles.forEach((handle) -> served.merge(handle.join(), 1, Integer::sum));
		}
		assertThat(served.values()).allMatch((count) -> count <= 50);
	}

	@Test
	void largeTasksAndResultsGoThroughInPieces() {
		byte[] large = new byte[3 << 20];
		CallableTask<byte[]> echo = () -> large;
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).start()) {
			List<TaskHandle<byte[]>> handles = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				handles.add(queue.submit(echo));
			}
			assertThat(handles).allSatisfy((handle) -> assertThat(handle.join()).hasSize(3 << 20));
		}
	}

	private static boolean succeeds(TaskHandle<?> handle) {
		try {
			handle.join();
			return true;
		}
		catch (dev.taskqueue.WorkerCrashedException ex) {
			return false;
		}
	}

	private static void proveShort(TaskQueue queue) {
		for (int i = 0; i < 100; i++) {
			queue.add(Tasks.nothing()).join();
		}
	}

}
