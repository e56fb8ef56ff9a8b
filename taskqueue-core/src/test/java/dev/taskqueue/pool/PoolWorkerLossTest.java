package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerState;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage.Claim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that end without being asked to.
 */
class PoolWorkerLossTest {

	@Test
	void aTaskThatHadBegunCrashesWithTheReasonOfItsProcess() {
		TestPool pool = TestPool.started(1);
		pool.succeed(pool.add());
		PoolTask task = pool.add();
		pool.pass(Duration.ofSeconds(7));
		pool.exited(1, CrashReason.OUT_OF_MEMORY);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CRASHED);
		assertThat(pool.outcomeOf(task)).isEqualTo(new Outcome.Crashed(new CrashReport(CrashReason.OUT_OF_MEMORY, 1001,
				1, null, Duration.ofSeconds(7), 1, List.of(), null, null)));
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).hasSize(1);
	}

	@Test
	void aTaskThatHadNotBegunRunsElsewhereFirstInLine() {
		TestPool pool = TestPool.started(2);
		PoolTask lost = pool.add();
		PoolTask other = pool.add();
		PoolTask waiting = pool.add();
		pool.effects.claims.put(lost.id(), Claim.SENT);
		pool.exited(1);
		assertThat(TestPool.stateOf(lost)).isEqualTo(TaskState.WAITING);
		pool.succeed(other);
		assertThat(pool.workerOf(lost)).isEqualTo(2);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.WAITING);
	}

	@Test
	void aTaskThatCameBackIsStillBehindHigherPriorities() {
		TestPool pool = TestPool.started(1);
		PoolTask lost = pool.add();
		PoolTask high = pool.add(TaskOptions.defaults().priority(1));
		pool.effects.claims.put(lost.id(), Claim.SENT);
		pool.exited(1);
		pool.ready(2);
		assertThat(pool.sent()).containsExactly(lost, high);
	}

	@Test
	void aPageThatKnowsNothingOfTheTaskCountsAsBegun() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.effects.claims.put(task.id(), Claim.NONE);
		pool.exited(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CRASHED);
	}

	@Test
	void aTaskNoWorkerLivesLongEnoughToBeginIsGivenUp() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.effects.claims.put(task.id(), Claim.SENT);
		for (int worker = 1; worker <= 20 && !TestPool.stateOf(task).isFinal(); worker++) {
			pool.exited(worker, CrashReason.OUT_OF_MEMORY);
			pool.pass(Duration.ofSeconds(30));
			pool.ready(worker + 1);
		}
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CRASHED);
	}

	@Test
	void anIdleWorkerThatEndsIsReplacedAndNoTaskNotices() {
		TestPool pool = TestPool.started(2);
		pool.exited(1, CrashReason.KILLED);
		assertThat(pool.effects.launched).containsExactly(1, 2, 3);
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).hasSize(1);
		PoolTask task = pool.add();
		assertThat(pool.workerOf(task)).isEqualTo(2);
	}

	@Test
	void anEndThatIsReportedTwiceChangesNothing() {
		TestPool pool = TestPool.started(1);
		pool.exited(1);
		pool.exited(1);
		pool.ready(1);
		assertThat(pool.effects.launched).containsExactly(1, 2);
	}

	@Test
	void aCorruptChannelKillsTheWorkerAndCrashesItsTask() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.corrupt(1);
		assertThat(pool.effects.killed).containsExactly(1);
		pool.exited(1, CrashReason.KILLED);
		assertThat(pool.outcomeOf(task)).isInstanceOfSatisfying(Outcome.Crashed.class,
				(crashed) -> assertThat(crashed.report().reason()).isEqualTo(CrashReason.CHANNEL_CORRUPT));
	}

	@Test
	void anOutcomeOfATaskTheWorkerWasNotGivenIsCorrupt() {
		TestPool pool = TestPool.started(2);
		PoolTask first = pool.add();
		PoolTask second = pool.add();
		pool.decisions.result(1, new Frame.Result(second.id(), new byte[0]), 0);
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(TestPool.stateOf(second)).isEqualTo(TaskState.RUNNING);
		pool.exited(1, CrashReason.KILLED);
		assertThat(TestPool.stateOf(first)).isEqualTo(TaskState.CRASHED);
	}

	@Test
	void aResultOfATaskThatHasNoneIsCorrupt() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.decisions.result(1, new Frame.Result(task.id(), new byte[1]), 0);
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void aSecondOutcomeIsCorrupt() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.succeed(task);
		pool.succeed(task);
		assertThat(pool.effects.killed).containsExactly(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void aWorkerWhoseChannelEndedIsGivenNothingMore() {
		TestPool pool = TestPool.started(1);
		pool.disconnected(1);
		PoolTask task = pool.add();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		assertThat(pool.workerStates()).contains(WorkerState.DYING);
		pool.pass(Duration.ofMillis(999));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1);
	}

	@Test
	void aWorkerThatEndsSoonAfterItsChannelIsNotKilled() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.disconnected(1);
		pool.exited(1, CrashReason.KILLED);
		pool.pass(Duration.ofSeconds(30));
		assertThat(pool.effects.killed).isEmpty();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CRASHED);
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).hasSize(1);
	}

	@Test
	void aWorkerThatOutlivesItsChannelHasACorruptOne() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.disconnected(1);
		pool.pass(Duration.ofSeconds(1));
		pool.effects.claims.put(task.id(), Claim.STARTED);
		pool.exited(1, CrashReason.KILLED);
		assertThat(pool.outcomeOf(task)).isInstanceOfSatisfying(Outcome.Crashed.class,
				(crashed) -> assertThat(crashed.report().reason()).isEqualTo(CrashReason.CHANNEL_CORRUPT));
	}

	@Test
	void aWorkerThatEndsByItselfLateAfterItsChannelKeepsItsReason() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.disconnected(1);
		pool.pass(Duration.ofSeconds(1));
		pool.effects.claims.put(task.id(), Claim.STARTED);
		pool.exited(1, CrashReason.OUT_OF_MEMORY);
		assertThat(pool.outcomeOf(task)).isInstanceOfSatisfying(Outcome.Crashed.class,
				(crashed) -> assertThat(crashed.report().reason()).isEqualTo(CrashReason.OUT_OF_MEMORY));
	}

	/** As when the parent's write fails and the result is still in the socket. */
	@Test
	void aResultReadAfterTheChannelBrokeCounts() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.disconnected(1);
		pool.effects.claims.put(task.id(), Claim.DONE);
		pool.succeed(task);
		pool.exited(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void aRecycledWorkersChannelMayEnd() {
		TestPool pool = TestPool.started(1, 1);
		pool.succeed(pool.add());
		pool.disconnected(1);
		pool.exited(1);
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).isEmpty();
		assertThat(pool.effects.killed).isEmpty();
	}

}
