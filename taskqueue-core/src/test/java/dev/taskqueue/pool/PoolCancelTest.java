package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerState;
import dev.taskqueue.wire.TaskPage.Claim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cancelling a task in each of its states.
 */
class PoolCancelTest {

	@Test
	void cancelOfADelayedTaskIsFinalAtOnce() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(TaskOptions.defaults().delay(Duration.ofSeconds(1)));
		assertThat(task.handle.cancel()).isTrue();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
		pool.pass(Duration.ofSeconds(2));
		assertThat(pool.sent()).isEmpty();
	}

	@Test
	void cancelOfAWaitingTaskIsFinalAtOnceAndItNeverRuns() {
		TestPool pool = TestPool.started(1);
		PoolTask running = pool.add();
		PoolTask task = pool.add(TaskOptions.defaults().queueTimeout(Duration.ofSeconds(1)));
		assertThat(task.handle.cancel()).isTrue();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
		pool.pass(Duration.ofSeconds(2));
		pool.succeed(running);
		assertThat(pool.sent()).containsExactly(running);
	}

	@Test
	void cancelOfATaskTheWorkerHasNotBegunKeepsTheWorker() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(TaskOptions.defaults().timeout(Duration.ofSeconds(1)));
		PoolTask next = pool.add();
		pool.effects.recallWins = true;
		task.handle.cancel();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
		assertThat(pool.workerOf(next)).isOne();
		pool.pass(Duration.ofSeconds(2));
		assertThat(pool.effects.killed).isEmpty();
	}

	@Test
	void cancelOfARunningTaskKillsItsWorkerAndIsFinalWhenItsEndIsConfirmed() {
		TestPool pool = TestPool.started(2);
		PoolTask task = pool.add();
		PoolTask neighbour = pool.add();
		task.handle.cancel();
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
		pool.exited(1, CrashReason.KILLED);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
		assertThat(TestPool.stateOf(neighbour)).isEqualTo(TaskState.RUNNING);
		assertThat(pool.workerStates()).containsExactly(WorkerState.BUSY, WorkerState.STARTING);
	}

	@Test
	void cancelTwiceKillsOnce() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		task.handle.cancel();
		task.handle.cancel();
		assertThat(pool.effects.killed).containsExactly(1);
	}

	@Test
	void cancelAfterTheTimeoutLeavesItTimedOut() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(TaskOptions.defaults().timeout(Duration.ofSeconds(1)));
		pool.pass(Duration.ofSeconds(1));
		task.handle.cancel();
		pool.exited(1, CrashReason.KILLED);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.TIMED_OUT);
	}

	@Test
	void cancelOfAFinalTaskIsRefusedAndChangesNothing() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.succeed(task);
		assertThat(task.handle.cancel()).isFalse();
		pool.cancel(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
		assertThat(pool.outcomeOf(task)).isInstanceOf(Outcome.Succeeded.class);
	}

	@Test
	void aTaskCancelledWhileItsWorkerIsBeingLostDoesNotRunElsewhere() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.effects.claims.put(task.id(), Claim.SENT);
		pool.disconnected(1);
		assertThat(task.handle.cancel()).isTrue();
		pool.exited(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
	}

}
