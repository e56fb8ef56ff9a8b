package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.WorkerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tasks are sent ahead to workers that have one, and which are taken back again.
 */
class PoolSendAheadTest {

	@Test
	void nothingIsSentAheadUntilTasksHaveProvedShort() {
		TestPool pool = TestPool.started(1);
		pool.add(5);
		assertThat(pool.effects.sent).hasSize(1);
	}

	@Test
	void shortTasksAreSentAheadAndGoOnWaiting() {
		TestPool pool = TestPool.sendingAhead(1);
		List<PoolTask> tasks = pool.addTogether(15);
		assertThat(pool.sent()).containsExactlyElementsOf(tasks.subList(0, 10));
		assertThat(TestPool.stateOf(tasks.get(0))).isEqualTo(TaskState.RUNNING);
		assertThat(tasks.subList(1, 15)).allMatch((task) -> TestPool.stateOf(task) == TaskState.WAITING);
		assertThat(pool.snapshot().running()).isOne();
		assertThat(pool.snapshot().waiting()).isEqualTo(14);
		assertThat(tasks.get(1).attempt).isZero();
	}

	@Test
	void theNextOneRunsWhenTheOneBeforeItHasEnded() {
		TestPool pool = TestPool.sendingAhead(1);
		List<PoolTask> tasks = pool.add(3);
		pool.succeed(tasks.get(0));
		assertThat(TestPool.stateOf(tasks.get(1))).isEqualTo(TaskState.RUNNING);
		assertThat(tasks.get(1).attempt).isOne();
		assertThat(pool.effects.running).containsEntry(1, tasks.get(1).id());
		pool.fail(tasks.get(1), false);
		pool.succeed(tasks.get(2));
		assertThat(pool.workerStates()).containsExactly(WorkerState.IDLE);
		assertThat(pool.effects.running).containsEntry(1, 0L);
	}

	@Test
	void limitsCountFromThereAndNotFromTheSending() {
		TestPool pool = TestPool.sendingAhead(1);
		PoolTask head = pool.add();
		PoolTask limited = pool.add(TaskOptions.defaults().timeout(Duration.ofMillis(1)));
		pool.notBegun(List.of(limited));
		assertThat(pool.sent()).containsExactly(head, limited);
		pool.pass(Duration.ofNanos(1_500_000));
		pool.succeed(head);
		pool.begun(limited);
		pool.pass(Duration.ofNanos(900_000));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofNanos(100_000));
		assertThat(pool.effects.killed).containsExactly(1);
	}

	@Test
	void aHalfFullWindowIsFilledAgain() {
		TestPool pool = TestPool.sendingAhead(1);
		List<PoolTask> tasks = pool.addTogether(40);
		tasks.subList(0, 4).forEach(pool::succeed);
		assertThat(pool.effects.sent).hasSize(10);
		pool.succeed(tasks.get(4));
		assertThat(pool.sent()).containsExactlyElementsOf(tasks.subList(0, 15));
	}

	@Test
	void whatIsThereIsSharedAmongTheWorkers() {
		TestPool pool = TestPool.sendingAhead(2);
		pool.addTogether(8);
		assertThat(pool.sentTo(1).size()).isBetween(3, 5);
		assertThat(pool.effects.sent).hasSize(8);
	}

	@Test
	void nobodyIsSentMoreThanItMayServe() {
		TestPool pool = TestPool.sendingAhead(1, 7, WorkerOptions.defaults());
		int worker = pool.effects.launched.get(pool.effects.launched.size() - 1);
		long served = pool.snapshot().workers().stream().mapToLong((w) -> w.processed()).max().orElseThrow();
		pool.addTogether(30);
		assertThat(pool.effects.sent.size() + served).isLessThanOrEqualTo(7);
		List<PoolTask> sent = pool.sent();
		sent.forEach(pool::succeed);
		assertThat(pool.effects.stopped).isNotEmpty();
		assertThat(worker).isPositive();
	}

	@Test
	void aWorkerWithNothingToDoTakesWhatWaitsElsewhere() {
		TestPool pool = TestPool.sendingAhead(2);
		pool.addTogether(8);
		List<PoolTask> others = pool.sentTo(1);
		pool.notBegun(others.subList(1, others.size()));
		assertThat(others).hasSizeGreaterThan(2);
		pool.sentTo(2).forEach(pool::succeed);
		assertThat(pool.workerStates()).containsExactly(WorkerState.BUSY, WorkerState.BUSY);
		assertThat(pool.effects.recalled).isNotEmpty().isSubsetOf(others);
	}

	@Test
	void nothingWaitsBehindALongTask() {
		TestPool pool = TestPool.sendingAhead(2);
		List<PoolTask> tasks = pool.addTogether(8);
		pool.notBegun(tasks);
		List<PoolTask> behind = pool.sentTo(1).subList(1, pool.sentTo(1).size());
		pool.sentTo(2).forEach((task) -> pool.begun(task));
		pool.pass(Duration.ofNanos(2 * Dispatch.LONG));
		assertThat(pool.effects.recalled).containsAll(behind);
		assertThat(behind).allMatch((task) -> task.placement == null);
		assertThat(pool.snapshot().waiting()).isEqualTo(6);
	}

	@Test
	void aPauseTakesBackWhatHasNotBegun() {
		TestPool pool = TestPool.sendingAhead(1);
		List<PoolTask> tasks = pool.addTogether(5);
		pool.notBegun(tasks.subList(2, 5));
		pool.pause();
		assertThat(pool.effects.recalled).containsExactly(tasks.get(4), tasks.get(3), tasks.get(2));
		pool.succeed(tasks.get(0));
		assertThat(TestPool.stateOf(tasks.get(1))).isEqualTo(TaskState.RUNNING);
		pool.succeed(tasks.get(1));
		assertThat(TestPool.stateOf(tasks.get(2))).isEqualTo(TaskState.WAITING);
		pool.effects.sent.clear();
		pool.resume();
		assertThat(pool.sent()).containsExactly(tasks.get(2), tasks.get(3), tasks.get(4));
	}

	@Test
	void aHigherPriorityOvertakesWhatWasSentAhead() {
		TestPool pool = TestPool.sendingAhead(1);
		List<PoolTask> low = pool.addTogether(4);
		pool.notBegun(low.subList(1, 4));
		PoolTask high = pool.add(TaskOptions.defaults().priority(1));
		assertThat(pool.effects.recalled).containsExactly(low.get(3), low.get(2), low.get(1));
		assertThat(pool.sent().subList(4, 8)).containsExactly(high, low.get(1), low.get(2), low.get(3));
	}

	@Test
	void whatHasBegunIsNotOvertaken() {
		TestPool pool = TestPool.sendingAhead(1);
		List<PoolTask> low = pool.addTogether(3);
		PoolTask high = pool.add(TaskOptions.defaults().priority(1));
		assertThat(pool.sent()).containsExactly(low.get(0), low.get(1), low.get(2), high);
	}

	@Test
	void aWorkerThatIsMeasuredHasOneTaskAtATime() {
		TestPool pool = TestPool.sendingAhead(1, 0, WorkerOptions.defaults().withMaxMemory(64L << 20));
		pool.add(5);
		assertThat(pool.effects.sent).hasSize(1);
	}

	@Test
	void aWornOutWorkerIsSentNothingAhead() {
		TestPool pool = TestPool.sendingAhead(1, 0, WorkerOptions.defaults().withMaxAge(Duration.ofSeconds(10)));
		List<PoolTask> before = pool.add(2);
		before.forEach(pool::succeed);
		pool.pass(Duration.ofSeconds(10));
		pool.effects.sent.clear();
		pool.add(5);
		assertThat(pool.effects.sent).hasSize(1);
	}

	@Test
	void slotsAreNotUsedAgainBeforeTheWorkerHasSeenThem() {
		TestPool pool = TestPool.sendingAhead(1);
		List<PoolTask> tasks = pool.addTogether(10);
		pool.notBegun(tasks.subList(1, 10));
		pool.effects.sent.clear();
		for (int i = 0; i < 5; i++) {
			pool.pause();
			pool.resume();
		}
		assertThat(pool.effects.sent.size()).isLessThan(20 - 10);
	}

}
