package dev.taskqueue.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.WorkerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that have served their tasks, and those that take their place.
 */
class PoolRecyclingTest {

	@Test
	void withoutALimitAWorkerStays() {
		TestPool pool = TestPool.started(1);
		for (int i = 0; i < 1000; i++) {
			pool.succeed(pool.add());
		}
		assertThat(pool.effects.launched).containsExactly(1);
		assertThat(pool.effects.stopped).isEmpty();
	}

	@Test
	void twoRequestsPerWorkerMakeTwoWorkersForFourTasksAndTwoNewOnesForTheNext() {
		TestPool pool = TestPool.started(2, 2);
		List<Integer> workers = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			PoolTask task = pool.add();
			workers.add(pool.workerOf(task));
			pool.succeed(task);
			for (int stopped : List.copyOf(pool.effects.stopped)) {
				pool.exited(stopped);
			}
			pool.ready(pool.effects.launched.toArray(Integer[]::new));
		}
		assertThat(workers).containsExactly(1, 1, 2, 2, 3, 3);
	}

	/** By turns both would leave at once, and there is one successor. */
	@Test
	void workersDoNotReachTheirLimitTogether() {
		TestPool pool = TestPool.started(2, 10);
		PoolTask slow = pool.add();
		PoolTask beside = pool.add();
		pool.succeed(beside);
		pool.succeed(slow);
		List<Integer> workers = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			PoolTask task = pool.add();
			workers.add(pool.workerOf(task));
			pool.succeed(task);
		}
		assertThat(workers).containsOnly(2);
		assertThat(pool.effects.stopped).containsExactly(2);
	}

	@Test
	void theLimitIsReportedAndIsNoCrash() {
		TestPool pool = TestPool.started(1, 1);
		pool.succeed(pool.add());
		assertThat(pool.effects.stopped).containsExactly(1);
		assertThat(pool.effects.notices(Notice.WorkerRecycled.class))
			.containsExactly(new Notice.WorkerRecycled(1001, "requests-per-worker", 1));
		pool.exited(1);
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).isEmpty();
		assertThat(pool.effects.notices(Notice.LaunchFailed.class)).isEmpty();
		assertThat(pool.effects.killed).isEmpty();
	}

	@Test
	void failedTasksCountForTheLimit() {
		TestPool pool = TestPool.started(1, 2);
		pool.fail(pool.add(), false);
		assertThat(pool.effects.stopped).isEmpty();
		pool.fail(pool.add(), false);
		assertThat(pool.effects.stopped).containsExactly(1);
	}

	@Test
	void theSuccessorStandsByBeforeItsPredecessorLeaves() {
		TestPool pool = TestPool.started(1, 2);
		pool.succeed(pool.add());
		PoolTask last = pool.add();
		assertThat(pool.effects.launched).containsExactly(1, 2);
		pool.ready(2);
		assertThat(pool.workerStates()).containsExactly(WorkerState.BUSY, WorkerState.STANDBY);
		PoolTask next = pool.add();
		assertThat(TestPool.stateOf(next)).isEqualTo(TaskState.WAITING);
		pool.succeed(last);
		assertThat(pool.workerOf(next)).isEqualTo(2);
		assertThat(pool.workerStates()).containsExactly(WorkerState.STOPPING, WorkerState.BUSY);
	}

	@Test
	void aSuccessorStartsEarlierWhereTasksAreShort() {
		TestPool pool = oneThatTookASecondToStart();
		// A launch takes a second and a task 300 ms: the last seven tasks take two
		// launches
		for (int served = 1; served <= 3; served++) {
			PoolTask task = pool.add();
			pool.pass(Duration.ofMillis(300));
			assertThat(pool.effects.launched).hasSize(1);
			pool.succeed(task);
		}
		PoolTask fourth = pool.add();
		pool.pass(Duration.ofMillis(300));
		pool.succeed(fourth);
		assertThat(pool.effects.launched).hasSize(2);
	}

	/** However seldom they come: nobody knows when the next ones do. */
	@Test
	void aSuccessorIsThereForTasksThatComeAllAtOnceAfterAQuietTime() {
		TestPool pool = oneThatTookASecondToStart();
		for (int served = 1; served <= 4; served++) {
			assertThat(pool.effects.launched).hasSize(1);
			pool.pass(Duration.ofHours(1));
			PoolTask task = pool.add();
			pool.pass(Duration.ofMillis(300));
			pool.succeed(task);
		}
		assertThat(pool.effects.launched).hasSize(2);
	}

	@Test
	void aSuccessorLeavesTheProcessorsToOthersUntilItIsReady() {
		TestPool pool = oneThatIsToBeSucceeded();
		assertThat(pool.effects.slow).containsExactly(2);
		pool.ready(2);
		assertThat(pool.effects.slow).isEmpty();
	}

	@Test
	void aSuccessorHurriesOnceTheLastTaskRuns() {
		TestPool pool = oneThatIsToBeSucceeded();
		for (int served = 5; served < 9; served++) {
			pool.succeed(pool.add());
			assertThat(pool.effects.slow).containsExactly(2);
		}
		pool.succeed(pool.add());
		assertThat(pool.effects.slow).as("one task is left").isEmpty();
	}

	@Test
	void aSuccessorHurriesWhenItsPredecessorIsLost() {
		TestPool pool = oneThatIsToBeSucceeded();
		pool.exited(1);
		assertThat(pool.effects.slow).isEmpty();
	}

	/** Where others never leave it anything it would never be ready. */
	@Test
	void aSuccessorHurriesInTimeForItsStartupTimeout() {
		TestPool pool = oneThatIsToBeSucceeded();
		Duration timeout = WorkerOptions.defaults().startupTimeout();
		pool.pass(timeout.dividedBy(4).minusNanos(1));
		assertThat(pool.effects.slow).containsExactly(2);
		pool.pass(Duration.ofNanos(1));
		assertThat(pool.effects.slow).isEmpty();
		pool.pass(timeout.minus(timeout.dividedBy(4)));
		assertThat(pool.effects.killed).as("and no later than any other").containsExactly(2);
	}

	@Test
	void whoIsNeededAtOnceHurriesFromTheFirst() {
		TestPool pool = TestPool.started(1, 1);
		assertThat(pool.effects.launched).containsExactly(1, 2);
		assertThat(pool.effects.slow).isEmpty();
	}

	private static TestPool oneThatTookASecondToStart() {
		TestPool pool = new TestPool(1, 10);
		pool.start();
		pool.pass(Duration.ofSeconds(1));
		pool.ready(1);
		return pool;
	}

	/** Of ten tasks, four are served, and a launch takes about as long as the others. */
	private static TestPool oneThatIsToBeSucceeded() {
		TestPool pool = oneThatTookASecondToStart();
		for (int served = 1; served <= 4; served++) {
			PoolTask task = pool.add();
			pool.pass(Duration.ofMillis(300));
			pool.succeed(task);
		}
		assertThat(pool.effects.launched).hasSize(2);
		return pool;
	}

	@Test
	void processesAreNeverMoreThanAQuarterAboveTheWorkerCount() {
		TestPool pool = TestPool.started(8, 1);
		assertThat(pool.effects.launched).hasSize(10);
		pool.ready(9, 10);
		pool.add(8).forEach(pool::succeed);
		assertThat(pool.effects.stopped).hasSize(8);
		assertThat(pool.effects.launched).hasSize(10);
		pool.exited(1);
		assertThat(pool.effects.launched).hasSize(11);
	}

	@Test
	void evenOneWorkerHasRoomForASuccessor() {
		TestPool pool = TestPool.started(1, 1);
		assertThat(pool.effects.launched).containsExactly(1, 2);
	}

	@Test
	void limitsUpToAHundredAreExact() {
		TestPool pool = new TestPool(1, 100, 64, (bound) -> {
			throw new AssertionError("jitter");
		});
		pool.start();
		pool.ready(1);
		for (int i = 0; i < 99; i++) {
			pool.succeed(pool.add());
		}
		assertThat(pool.effects.stopped).isEmpty();
		pool.succeed(pool.add());
		assertThat(pool.effects.stopped).containsExactly(1);
	}

	@Test
	void limitsOverAHundredAreVariedByUpToATenth() {
		assertThat(served(200, 0)).isEqualTo(200);
		assertThat(served(200, 20)).isEqualTo(180);
		assertThat(served(101, 10)).isEqualTo(91);
	}

	@Test
	void aWorkerThatDoesNotLeaveIsKilledAfterItsGrace() {
		TestPool pool = TestPool.started(1, 1);
		pool.succeed(pool.add());
		pool.pass(Duration.ofMillis(1_999));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(pool.effects.notices(Notice.WorkerDismissed.class)).hasSize(1);
		pool.exited(1);
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).isEmpty();
	}

	@Test
	void aTaskThatMayHavePoisonedItsJvmEndsItsWorker() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		PoolTask next = pool.add();
		pool.fail(task, true);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.FAILED);
		assertThat(pool.effects.stopped).containsExactly(1);
		assertThat(pool.effects.launched).containsExactly(1, 2);
		pool.ready(2);
		assertThat(pool.workerOf(next)).isEqualTo(2);
	}

	/** How many tasks the first worker serves. */
	private static int served(int limit, int jitter) {
		TestPool pool = new TestPool(1, limit, 64, (bound) -> Math.min(jitter, bound - 1));
		pool.start();
		pool.ready(1);
		int served = 0;
		while (pool.effects.stopped.isEmpty()) {
			pool.succeed(pool.add());
			served++;
		}
		return served;
	}

}
