package dev.taskqueue.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Far more workers than processors.
 */
@ExtendWith(NoLeftovers.class)
class CrowdProcessTest {

	private static final int WORKERS = 32;

	/**
	 * All together take longer than each may: the time to start counts from a worker's
	 * own launch, and no more are launched at once than there are processors.
	 */
	@Test
	void manyWorkersStartAFewAtATimeAndNoneIsTakenForHung() {
		WorkerOptions small = WorkerOptions.defaults()
			.withJvmArgs(List.of("-Xmx32m"))
			.withStartupTimeout(Duration.ofSeconds(5));
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker");
				TaskQueue queue = TaskQueue.builder().workerCount(WORKERS).worker(small).start()) {
			List<TaskHandle<Long>> handles = new ArrayList<>();
			int most = 0;
			long slowestAdd = 0;
			while (states(queue).filter(WorkerState.IDLE::equals).count() < WORKERS) {
				long before = System.nanoTime();
				handles.add(queue.submit(Tasks.pid()));
				slowestAdd = Math.max(slowestAdd, System.nanoTime() - before);
				handles.get(handles.size() - 1).join(Duration.ofSeconds(30));
				most = Math.max(most, (int) states(queue).filter(WorkerState.STARTING::equals).count());
			}
			assertThat(most).isBetween(1, Runtime.getRuntime().availableProcessors());
			assertThat(Duration.ofNanos(slowestAdd)).as("add never waits for a launch")
				.isLessThan(Duration.ofSeconds(1));
			assertThat(log.messages()).noneMatch((line) -> line.contains("did not come up") || line.contains("killed"));
			handles.forEach((handle) -> assertThat(handle.join()).isPositive());
			assertThat(queue.snapshot().crashes()).isEmpty();
		}
	}

	private static Stream<WorkerState> states(TaskQueue queue) {
		return queue.snapshot().workers().stream().map(WorkerSnapshot::state);
	}

}
