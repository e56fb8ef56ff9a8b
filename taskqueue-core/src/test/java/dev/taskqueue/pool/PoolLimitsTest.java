package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerState;
import dev.taskqueue.wire.TaskPage.Claim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits of running and of waiting.
 */
class PoolLimitsTest {

	private static final TaskOptions ONE_SECOND = TaskOptions.defaults().timeout(Duration.ofSeconds(1));

	private static final TaskOptions WAIT_ONE_SECOND = TaskOptions.defaults().queueTimeout(Duration.ofSeconds(1));

	@Test
	void timeoutKillsTheWorkerAndIsFinalWhenItsEndIsConfirmed() {
		TestPool pool = TestPool.started(2);
		PoolTask task = pool.add(ONE_SECOND);
		pool.pass(Duration.ofMillis(999));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
		assertThat(pool.workerStates()).contains(WorkerState.DYING);
		pool.exited(1, CrashReason.KILLED);
		assertThat(pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.TIMEOUT, Duration.ofSeconds(1), null));
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).isEmpty();
	}

	/** The machine may have had no thread or process left for the first one. */
	@Test
	void aKillIsRepeatedUntilTheEndIsConfirmed() {
		TestPool pool = TestPool.started(1);
		pool.add(ONE_SECOND);
		pool.pass(Duration.ofSeconds(1));
		pool.pass(Duration.ofNanos(Fleet.KILL_AGAIN));
		pool.pass(Duration.ofNanos(Fleet.KILL_AGAIN));
		assertThat(pool.effects.killed).containsExactly(1, 1, 1);
		pool.exited(1, CrashReason.KILLED);
		pool.pass(Duration.ofNanos(Fleet.KILL_AGAIN));
		assertThat(pool.effects.killed).containsExactly(1, 1, 1);
	}

	@Test
	void theLimitCountsFromTheStart() {
		TestPool pool = TestPool.started(1);
		PoolTask before = pool.add();
		PoolTask task = pool.add(ONE_SECOND);
		pool.pass(Duration.ofSeconds(10));
		pool.succeed(before);
		pool.pass(Duration.ofMillis(999));
		pool.succeed(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
		pool.pass(Duration.ofSeconds(10));
		assertThat(pool.effects.killed).isEmpty();
	}

	@Test
	void aDyingWorkerIsGivenNothingAndIsReplaced() {
		TestPool pool = TestPool.started(1);
		pool.add(ONE_SECOND);
		PoolTask next = pool.add();
		pool.pass(Duration.ofSeconds(1));
		assertThat(TestPool.stateOf(next)).isEqualTo(TaskState.WAITING);
		pool.exited(1, CrashReason.KILLED);
		pool.ready(2);
		assertThat(pool.workerOf(next)).isEqualTo(2);
	}

	@Test
	void aResultThatComesAfterTheKillIsIgnored() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(ONE_SECOND);
		pool.pass(Duration.ofSeconds(1));
		pool.succeed(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
		pool.exited(1, CrashReason.KILLED);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.TIMED_OUT);
	}

	@Test
	void aTaskThatTimesOutBeforeItsWorkerBeganItRunsElsewhere() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(ONE_SECOND);
		pool.effects.claims.put(task.id(), Claim.SENT);
		pool.pass(Duration.ofSeconds(1));
		pool.exited(1, CrashReason.KILLED);
		pool.ready(2);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
		pool.effects.claims.put(task.id(), Claim.STARTED);
		pool.pass(Duration.ofMillis(999));
		assertThat(pool.effects.killed).containsExactly(1);
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1, 2);
	}

	@Test
	void queueTimeoutEndsATaskThatNeverRan() {
		TestPool pool = TestPool.started(1);
		pool.add();
		PoolTask task = pool.add(WAIT_ONE_SECOND);
		pool.pass(Duration.ofMillis(999));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.QUEUE_TIMEOUT, Duration.ofSeconds(1), null));
		assertThat(pool.sent()).doesNotContain(task);
		assertThat(pool.effects.killed).isEmpty();
	}

	@Test
	void queueTimeoutEndsWithTheStart() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(WAIT_ONE_SECOND);
		pool.pass(Duration.ofSeconds(10));
		pool.succeed(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void queueTimeoutHoldsBeforeTheQueueIsStarted() {
		TestPool pool = new TestPool(1);
		PoolTask task = pool.add(WAIT_ONE_SECOND);
		pool.pass(Duration.ofSeconds(1));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.TIMED_OUT);
	}

	@Test
	void queueTimeoutOfADelayedTaskCountsFromWhenItBecameDue() {
		TestPool pool = TestPool.started(1);
		pool.add();
		PoolTask task = pool.add(WAIT_ONE_SECOND.delay(Duration.ofSeconds(5)));
		pool.pass(Duration.ofMillis(5_999));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		pool.pass(Duration.ofMillis(1));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.TIMED_OUT);
	}

	@Test
	void queueTimeoutOfADelayedTaskStillCountsFromWhenItBecameDueIfItsWorkerIsLost() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(WAIT_ONE_SECOND.delay(Duration.ofSeconds(5)));
		pool.pass(Duration.ofSeconds(5));
		pool.effects.claims.put(task.id(), Claim.SENT);
		pool.exited(1);
		pool.pass(Duration.ofMillis(500));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		pool.ready(2);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
	}

}
