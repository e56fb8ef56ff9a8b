package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerState;
import dev.taskqueue.wire.TaskPage.Claim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of tasks that were sent ahead when something happens to their worker, to
 * the task before them, or to themselves.
 */
class PoolTakeBackTest {

	private final TestPool pool = TestPool.sendingAhead(1);

	@Test
	void aWorkerThatEndsLosesTheTaskThatRanAndNoOther() {
		List<PoolTask> tasks = this.pool.addTogether(4);
		this.pool.notBegun(tasks.subList(1, 4));
		this.pool.exited(1);
		assertThat(this.pool.outcomeOf(tasks.get(0))).isInstanceOf(Outcome.Crashed.class);
		this.pool.effects.sent.clear();
		this.pool.ready(2);
		assertThat(this.pool.sent()).containsExactlyElementsOf(tasks.subList(1, 4));
		assertThat(tasks.get(1).attempt).isOne();
	}

	@Test
	void toHaveWaitedBehindACrashIsNeverHeldAgainstATask() {
		PoolTask innocent = null;
		for (int worker = 1; worker <= 6; worker++) {
			PoolTask killer = this.pool.add(TaskOptions.defaults().priority(1));
			innocent = (innocent != null) ? innocent : this.pool.add();
			this.pool.notBegun(List.of(innocent));
			if (TestPool.stateOf(killer) != TaskState.RUNNING) {
				this.pool.ready(worker);
			}
			this.pool.begun(killer);
			this.pool.exited(worker);
			assertThat(TestPool.stateOf(killer)).isEqualTo(TaskState.CRASHED);
			this.pool.pass(Duration.ofSeconds(11));
			killer = this.pool.add(TaskOptions.defaults().priority(1));
			this.pool.ready(worker + 1);
			this.pool.succeed(killer);
			assertThat(innocent.returns).isZero();
			this.pool.pause();
			this.pool.resume();
			if (TestPool.stateOf(innocent) == TaskState.RUNNING) {
				this.pool.succeed(innocent);
				innocent = null;
			}
		}
	}

	@Test
	void whatHadBegunBehindItCrashesToo() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(2, 3));
		this.pool.exited(1);
		assertThat(this.pool.outcomeOf(tasks.get(0))).isInstanceOf(Outcome.Crashed.class);
		assertThat(this.pool.outcomeOf(tasks.get(1))).isInstanceOf(Outcome.Crashed.class);
		assertThat(TestPool.stateOf(tasks.get(2))).isEqualTo(TaskState.WAITING);
	}

	@Test
	void anEndedChannelTakesThemBackAtOnce() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(1, 3));
		this.pool.disconnected(1);
		assertThat(this.pool.effects.recalled).containsExactly(tasks.get(2), tasks.get(1));
	}

	@Test
	void aCorruptChannelCostsTheTaskThatRanAndNoOther() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(1, 3));
		this.pool.corrupt(1);
		assertThat(this.pool.effects.recalled).containsExactly(tasks.get(2), tasks.get(1));
		this.pool.exited(1);
		assertThat(TestPool.stateOf(tasks.get(0))).isEqualTo(TaskState.CRASHED);
		assertThat(TestPool.stateOf(tasks.get(1))).isEqualTo(TaskState.WAITING);
	}

	@Test
	void anOutcomeOutOfTurnIsCorrupt() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.succeed(tasks.get(1));
		assertThat(this.pool.effects.killed).containsExactly(1);
	}

	@Test
	void cancelOfATaskSentAheadIsFinalAtOnceIfItHasNotBegun() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(1, 2));
		this.pool.cancel(tasks.get(1));
		assertThat(TestPool.stateOf(tasks.get(1))).isEqualTo(TaskState.CANCELLED);
		this.pool.succeed(tasks.get(0));
		this.pool.succeed(tasks.get(2));
		assertThat(this.pool.workerStates()).containsExactly(WorkerState.IDLE);
		assertThat(this.pool.effects.killed).isEmpty();
	}

	@Test
	void cancelOfATaskThatHasBegunUnseenKillsItWhenItsTurnIsSeen() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(2, 3));
		this.pool.cancel(tasks.get(1));
		assertThat(this.pool.effects.killed).isEmpty();
		this.pool.succeed(tasks.get(0));
		assertThat(this.pool.effects.killed).containsExactly(1);
		this.pool.exited(1);
		assertThat(this.pool.outcomeOf(tasks.get(0))).isInstanceOf(Outcome.Succeeded.class);
		assertThat(this.pool.outcomeOf(tasks.get(1))).isEqualTo(new Outcome.Cancelled("while it ran"));
		assertThat(TestPool.stateOf(tasks.get(2))).isEqualTo(TaskState.WAITING);
	}

	@Test
	void cancelOfARunningTaskTakesBackWhatIsBehindBeforeTheKill() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(1, 3));
		this.pool.cancel(tasks.get(0));
		assertThat(this.pool.effects.recalled).containsExactly(tasks.get(2), tasks.get(1));
		assertThat(this.pool.effects.killed).containsExactly(1);
	}

	@Test
	void cancelOfATaskThatIsOverHitsNotTheNextOne() {
		List<PoolTask> tasks = this.pool.addTogether(2);
		this.pool.effects.claims.put(tasks.get(0).id(), Claim.DONE);
		this.pool.cancel(tasks.get(0));
		assertThat(this.pool.effects.killed).isEmpty();
		this.pool.succeed(tasks.get(0));
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(this.pool.effects.killed).isEmpty();
		assertThat(TestPool.stateOf(tasks.get(1))).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void aWorkerThatOnlySaysItsTaskIsOverIsKilledAllTheSame() {
		PoolTask task = this.pool.add();
		this.pool.effects.claims.put(task.id(), Claim.DONE);
		this.pool.cancel(task);
		this.pool.pass(Duration.ofNanos(Settlement.ON_ITS_WAY));
		assertThat(this.pool.effects.killed).containsExactly(1);
	}

	@Test
	void aTimeoutTakesBackWhatIsBehindBeforeTheKill() {
		PoolTask head = this.pool.add(TaskOptions.defaults().timeout(Duration.ofMillis(1)));
		PoolTask behind = this.pool.add();
		this.pool.notBegun(List.of(behind));
		this.pool.pass(Duration.ofMillis(1));
		assertThat(this.pool.effects.recalled).containsExactly(behind);
		assertThat(this.pool.effects.killed).containsExactly(1);
		this.pool.exited(1);
		assertThat(TestPool.stateOf(head)).isEqualTo(TaskState.TIMED_OUT);
		this.pool.ready(2);
		assertThat(TestPool.stateOf(behind)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void aTimeoutOfATaskThatIsOverHitsNotTheNextOne() {
		PoolTask head = this.pool.add(TaskOptions.defaults().timeout(Duration.ofMillis(1)));
		PoolTask behind = this.pool.add();
		this.pool.effects.claims.put(head.id(), Claim.DONE);
		this.pool.pass(Duration.ofMillis(1));
		assertThat(this.pool.effects.killed).isEmpty();
		this.pool.succeed(head);
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(this.pool.effects.killed).isEmpty();
		assertThat(TestPool.stateOf(head)).isEqualTo(TaskState.SUCCEEDED);
		assertThat(TestPool.stateOf(behind)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void aTimeoutIsNotPutOffTwice() {
		PoolTask head = this.pool.add(TaskOptions.defaults().timeout(Duration.ofMillis(1)));
		this.pool.effects.claims.put(head.id(), Claim.DONE);
		this.pool.pass(Duration.ofMillis(1).plusNanos(Settlement.ON_ITS_WAY));
		assertThat(this.pool.effects.killed).containsExactly(1);
	}

	@Test
	void aQueueTimeoutEndsATaskThatWasSentAheadAndHasNotBegun() {
		this.pool.add();
		PoolTask waiting = this.pool.add(TaskOptions.defaults().queueTimeout(Duration.ofMillis(1)));
		this.pool.notBegun(List.of(waiting));
		this.pool.pass(Duration.ofMillis(1));
		assertThat(this.pool.outcomeOf(waiting)).isInstanceOfSatisfying(Outcome.TimedOut.class,
				(outcome) -> assertThat(outcome.limit()).isEqualTo(TimeLimit.QUEUE_TIMEOUT));
	}

	@Test
	void aQueueTimeoutDoesNotEndATaskThatHasBegunUnseen() {
		PoolTask head = this.pool.add();
		PoolTask begun = this.pool.add(TaskOptions.defaults().queueTimeout(Duration.ofMillis(1)));
		this.pool.pass(Duration.ofMillis(1));
		assertThat(TestPool.stateOf(begun)).isEqualTo(TaskState.WAITING);
		this.pool.succeed(head);
		this.pool.succeed(begun);
		assertThat(TestPool.stateOf(begun)).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void afterAFatalErrorAllOthersRunElsewhere() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(1, 3));
		this.pool.fail(tasks.get(0), true);
		assertThat(this.pool.effects.stopped).containsExactly(1);
		this.pool.effects.sent.clear();
		this.pool.ready(2);
		assertThat(this.pool.sent()).containsExactlyElementsOf(tasks.subList(1, 3));
		assertThat(this.pool.workersUsed()).containsOnly(2);
	}

	@Test
	void aTerminationDrainsWhatWasSentAhead() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.terminate(Duration.ofSeconds(5));
		tasks.forEach(this.pool::succeed);
		assertThat(this.pool.effects.stopped).containsExactly(1);
		this.pool.exited(1);
		assertThat(this.pool.effects.terminations).containsExactly(0L);
	}

	@Test
	void atTheDeadlineWhatHasNotBegunIsCancelledBeforeTheKill() {
		List<PoolTask> tasks = this.pool.addTogether(3);
		this.pool.notBegun(tasks.subList(1, 3));
		this.pool.terminate(Duration.ofMillis(1));
		this.pool.pass(Duration.ofMillis(1));
		assertThat(tasks.subList(1, 3)).allMatch((task) -> TestPool.stateOf(task) == TaskState.CANCELLED);
		this.pool.exited(1);
		assertThat(this.pool.effects.terminations).containsExactly(3L);
	}

}
