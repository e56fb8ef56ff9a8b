package dev.taskqueue.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which task goes to which worker, and when.
 */
class PoolDispatchTest {

	@Test
	void nothingIsLaunchedBeforeTheStart() {
		TestPool pool = new TestPool(2);
		pool.add();
		assertThat(pool.effects.launched).isEmpty();
		pool.start();
		assertThat(pool.effects.launched).containsExactly(1, 2);
	}

	@Test
	void startTwiceLaunchesOnce() {
		TestPool pool = new TestPool(2);
		pool.start();
		pool.start();
		assertThat(pool.effects.launched).hasSize(2);
	}

	@Test
	void tasksWaitUntilAWorkerIsReady() {
		TestPool pool = new TestPool(2);
		pool.start();
		PoolTask task = pool.add();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		pool.ready(2);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
		assertThat(pool.workerOf(task)).isEqualTo(2);
	}

	@Test
	void tasksOfOnePriorityStartInTheOrderOfAdding() {
		TestPool pool = new TestPool(1);
		List<PoolTask> tasks = pool.add(5);
		pool.start();
		pool.ready(1);
		tasks.forEach(pool::succeed);
		assertThat(pool.sent()).containsExactlyElementsOf(tasks);
	}

	@Test
	void higherPriorityStartsFirst() {
		TestPool pool = new TestPool(1);
		PoolTask low = pool.add(TaskOptions.defaults().priority(-1));
		PoolTask normal = pool.add();
		PoolTask high = pool.add(TaskOptions.defaults().priority(Integer.MAX_VALUE));
		PoolTask highAgain = pool.add(TaskOptions.defaults().priority(Integer.MAX_VALUE));
		PoolTask lowest = pool.add(TaskOptions.defaults().priority(Integer.MIN_VALUE));
		List<PoolTask> expected = List.of(high, highAgain, normal, low, lowest);
		pool.start();
		pool.ready(1);
		expected.forEach(pool::succeed);
		assertThat(pool.sent()).containsExactlyElementsOf(expected);
	}

	@Test
	void noMoreTasksRunThanThereAreWorkers() {
		TestPool pool = TestPool.started(3);
		pool.add(10);
		assertThat(pool.snapshot().running()).isEqualTo(3);
		assertThat(pool.snapshot().waiting()).isEqualTo(7);
		assertThat(pool.workersUsed()).containsExactly(1, 2, 3);
	}

	@Test
	void theWorkerThatIsIdleLongestIsNext() {
		TestPool pool = TestPool.started(3);
		List<PoolTask> first = pool.add(3);
		pool.succeed(first.get(1));
		pool.succeed(first.get(2));
		pool.succeed(first.get(0));
		List<Integer> next = new ArrayList<>();
		pool.add(3).forEach((task) -> next.add(pool.workerOf(task)));
		assertThat(next).containsExactly(2, 3, 1);
	}

	@Test
	void aFailedTaskLeavesItsWorkerAtWork() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.fail(task, false);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.FAILED);
		assertThat(pool.outcomeOf(task)).isEqualTo(new Outcome.Failed("com.acme.Oops", "oops", "trace"));
		assertThat(pool.workerStates()).containsExactly(WorkerState.IDLE);
	}

	@Test
	void pauseLetsRunningTasksGoOnAndStartsNone() {
		TestPool pool = TestPool.started(1);
		PoolTask running = pool.add();
		PoolTask waiting = pool.add();
		pool.pause();
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.PAUSED);
		pool.succeed(running);
		assertThat(TestPool.stateOf(running)).isEqualTo(TaskState.SUCCEEDED);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.WAITING);
		pool.resume();
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.RUNNING);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void aQueuePausedBeforeItsStartStartsPaused() {
		TestPool pool = new TestPool(1);
		pool.pause();
		PoolTask task = pool.add();
		pool.start();
		pool.ready(1);
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.PAUSED);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
	}

	@Test
	void delayedTaskWaitsForItsTimeAndThenForItsTurn() {
		TestPool pool = TestPool.started(1);
		PoolTask delayed = pool.add(TaskOptions.defaults().delay(Duration.ofSeconds(10)));
		assertThat(TestPool.stateOf(delayed)).isEqualTo(TaskState.DELAYED);
		assertThat(pool.snapshot().delayed()).isOne();
		pool.pass(Duration.ofMillis(9_999));
		assertThat(TestPool.stateOf(delayed)).isEqualTo(TaskState.DELAYED);
		PoolTask running = pool.add();
		pool.pass(Duration.ofMillis(1));
		assertThat(TestPool.stateOf(delayed)).isEqualTo(TaskState.WAITING);
		assertThat(pool.snapshot().delayed()).isZero();
		pool.succeed(running);
		assertThat(TestPool.stateOf(delayed)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void delayedTasksBecomeDueInTheOrderOfTheirTime() {
		TestPool pool = TestPool.started(3);
		PoolTask late = pool.add(TaskOptions.defaults().delay(Duration.ofSeconds(2)));
		PoolTask early = pool.add(TaskOptions.defaults().delay(Duration.ofSeconds(1)));
		pool.pass(Duration.ofSeconds(3));
		assertThat(pool.sent()).containsExactly(early, late);
	}

	@Test
	void aDelayBeyondTheClocksRangeIsForEver() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(TaskOptions.defaults().delay(Duration.ofSeconds(Long.MAX_VALUE)));
		pool.pass(Duration.ofDays(365 * 100));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.DELAYED);
	}

}
