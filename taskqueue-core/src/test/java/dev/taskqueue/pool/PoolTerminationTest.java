package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.CrashReason;
import dev.taskqueue.QueueState;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.wire.TaskPage.Claim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Draining, the deadline, and the start after it.
 */
class PoolTerminationTest {

	private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

	@Test
	void terminateDrainsWaitingAndRunningTasks() {
		TestPool pool = TestPool.started(1);
		PoolTask running = pool.add();
		PoolTask waiting = pool.add();
		pool.terminate(FIVE_SECONDS);
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.TERMINATING);
		pool.succeed(running);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.RUNNING);
		assertThat(pool.effects.stopped).isEmpty();
		pool.succeed(waiting);
		assertThat(pool.effects.stopped).containsExactly(1);
		assertThat(pool.effects.terminations).isEmpty();
		pool.exited(1);
		assertThat(pool.effects.terminations).containsExactly(0L);
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.TERMINATED);
		assertThat(pool.gate.isDrained()).isTrue();
	}

	@Test
	void aQueueThatNeverStartedCancelsItsTasksAndIsTerminatedAtOnce() {
		TestPool pool = new TestPool(1);
		PoolTask task = pool.add();
		pool.terminate(FIVE_SECONDS);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
		assertThat(pool.effects.terminations).containsExactly(1L);
		assertThat(pool.effects.launched).isEmpty();
	}

	@Test
	void aPausedQueueCancelsWhatWaitsAndDrainsWhatRuns() {
		TestPool pool = TestPool.started(1);
		PoolTask running = pool.add();
		PoolTask waiting = pool.add();
		pool.pause();
		pool.terminate(FIVE_SECONDS);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.CANCELLED);
		pool.succeed(running);
		pool.exited(1);
		assertThat(TestPool.stateOf(running)).isEqualTo(TaskState.SUCCEEDED);
		assertThat(pool.effects.terminations).containsExactly(1L);
	}

	@Test
	void tasksThatAreNotDueAreCancelledAtOnce() {
		TestPool pool = TestPool.started(1);
		PoolTask delayed = pool.add(TaskOptions.defaults().delay(Duration.ofMillis(1)));
		pool.terminate(FIVE_SECONDS);
		assertThat(TestPool.stateOf(delayed)).isEqualTo(TaskState.CANCELLED);
	}

	@Test
	void theDeadlineCancelsWaitingTasksAtOnceAndRunningOnesWithTheirWorkers() {
		TestPool pool = TestPool.started(2);
		PoolTask first = pool.add();
		PoolTask second = pool.add();
		PoolTask waiting = pool.add();
		pool.terminate(FIVE_SECONDS);
		pool.pass(Duration.ofMillis(4_999));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1, 2);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.CANCELLED);
		assertThat(TestPool.stateOf(first)).isEqualTo(TaskState.RUNNING);
		pool.exited(1, CrashReason.KILLED);
		pool.exited(2, CrashReason.KILLED);
		assertThat(TestPool.stateOf(first)).isEqualTo(TaskState.CANCELLED);
		assertThat(TestPool.stateOf(second)).isEqualTo(TaskState.CANCELLED);
		assertThat(pool.effects.terminations).containsExactly(3L);
	}

	@Test
	void theDeadlineLaunchesNobodyForTasksThatAreBeingKilled() {
		TestPool pool = TestPool.started(1);
		pool.add();
		pool.terminate(Duration.ZERO);
		pool.pass(Duration.ZERO);
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(pool.effects.launched).containsExactly(1);
	}

	@Test
	void drainingLaunchesNobodyForATaskThatIsBeingKilled() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.terminate(FIVE_SECONDS);
		task.handle.cancel();
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(pool.effects.launched).containsExactly(1);
	}

	@Test
	void aTaskNobodyHadBegunAtTheDeadlineIsCancelledToo() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.effects.claims.put(task.id(), Claim.SENT);
		pool.terminate(FIVE_SECONDS);
		pool.expire();
		pool.exited(1, CrashReason.KILLED);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
		assertThat(pool.snapshot().cancelled()).isOne();
	}

	@Test
	void idleWorkersThatDoNotLeaveAreKilledAtTheDeadlineAtTheLatest() {
		TestPool pool = TestPool.started(1);
		pool.terminate(Duration.ofSeconds(1));
		assertThat(pool.effects.stopped).containsExactly(1);
		pool.pass(Duration.ofSeconds(1));
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(pool.effects.terminations).isEmpty();
		pool.exited(1);
		assertThat(pool.effects.terminations).containsExactly(0L);
	}

	@Test
	void idleWorkersHaveAMomentToLeaveEvenWithoutATimeout() {
		TestPool pool = TestPool.started(1);
		pool.terminate(Duration.ZERO);
		assertThat(pool.effects.stopped).containsExactly(1);
		assertThat(pool.effects.killed).isEmpty();
	}

	@Test
	void startingWorkersAreKilledWhenNothingIsLeftToDo() {
		TestPool pool = new TestPool(2);
		pool.start();
		pool.terminate(FIVE_SECONDS);
		assertThat(pool.effects.killed).containsExactly(1, 2);
		pool.ready(1);
		pool.exited(1);
		pool.exited(2);
		assertThat(pool.effects.terminations).containsExactly(0L);
		assertThat(pool.effects.notices(Notice.LaunchFailed.class)).isEmpty();
	}

	@Test
	void aTaskThatPassedTheGateBeforeItClosedIsStillRun() {
		TestPool pool = TestPool.started(1);
		PoolTask late = pool.enter(TaskOptions.defaults());
		pool.terminate(FIVE_SECONDS);
		assertThat(pool.effects.stopped).isEmpty();
		pool.arrive(late);
		pool.succeed(late);
		pool.exited(1);
		assertThat(TestPool.stateOf(late)).isEqualTo(TaskState.SUCCEEDED);
		assertThat(pool.effects.terminations).containsExactly(0L);
	}

	@Test
	void aTaskThatPassedTheGateAndArrivesAfterTheDeadlineIsCancelled() {
		TestPool pool = TestPool.started(1);
		PoolTask late = pool.enter(TaskOptions.defaults());
		PoolTask delayed = pool.enter(TaskOptions.defaults().delay(Duration.ofDays(1)));
		pool.terminate(Duration.ZERO);
		pool.pass(Duration.ofSeconds(1));
		pool.arrive(late);
		pool.arrive(delayed);
		assertThat(TestPool.stateOf(late)).isEqualTo(TaskState.CANCELLED);
		assertThat(TestPool.stateOf(delayed)).isEqualTo(TaskState.CANCELLED);
		pool.exited(1);
		assertThat(pool.effects.terminations).containsExactly(2L);
	}

	@Test
	void aSecondTerminateJoinsTheFirst() {
		TestPool pool = TestPool.started(1);
		pool.terminate(FIVE_SECONDS);
		pool.terminate(Duration.ZERO);
		pool.exited(1);
		pool.terminate(FIVE_SECONDS);
		pool.expire();
		pool.pass(Duration.ofMinutes(1));
		assertThat(pool.effects.terminations).hasSize(1);
	}

	@Test
	void cancelledTasksOfUsersAreNotCountedForTheTermination() {
		TestPool pool = TestPool.started(1);
		PoolTask running = pool.add();
		PoolTask waiting = pool.add();
		pool.terminate(FIVE_SECONDS);
		waiting.handle.cancel();
		pool.succeed(running);
		pool.exited(1);
		assertThat(pool.effects.terminations).containsExactly(0L);
	}

	@Test
	void aWorkerLostWhileDrainingIsReplacedForWhatStillWaits() {
		TestPool pool = TestPool.started(1);
		pool.add();
		PoolTask waiting = pool.add();
		pool.terminate(FIVE_SECONDS);
		pool.exited(1);
		assertThat(pool.effects.launched).containsExactly(1, 2);
		pool.ready(2);
		pool.succeed(waiting);
		pool.exited(2);
		assertThat(pool.effects.terminations).containsExactly(0L);
	}

	@Test
	void startAfterTerminateOpensTheQueueAgainAndKeepsItsCounts() {
		TestPool pool = TestPool.started(1);
		pool.succeed(pool.add());
		pool.terminate(FIVE_SECONDS);
		pool.exited(1);
		pool.start();
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.RUNNING);
		pool.ready(2);
		PoolTask task = pool.add();
		pool.succeed(task);
		assertThat(task.id()).isEqualTo(2);
		assertThat(pool.snapshot().succeeded()).isEqualTo(2);
		pool.terminate(FIVE_SECONDS);
		pool.exited(2);
		assertThat(pool.effects.terminations).containsExactly(0L, 0L);
	}

	@Test
	void theDeadlineOfAnEarlierTerminationDoesNotReachTheNextRun() {
		TestPool pool = TestPool.started(1);
		pool.terminate(FIVE_SECONDS);
		pool.exited(1);
		pool.start();
		pool.ready(2);
		PoolTask task = pool.add();
		pool.pass(Duration.ofSeconds(10));
		assertThat(pool.effects.killed).isEmpty();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
	}

}
