package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.WorkerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Recycling by age and memory, and workers that end before anybody has used them.
 */
class PoolWearTest {

	private static final long LIMIT = 100L << 20;

	private static final WorkerOptions MEMORY = WorkerOptions.defaults().withMaxMemory(LIMIT);

	private static final WorkerOptions AGE = WorkerOptions.defaults().withMaxAge(Duration.ofMinutes(10));

	@Test
	void aWorkerOverItsMemoryServesUntilItsSuccessorIsReady() {
		TestPool pool = TestPool.started(1, MEMORY);
		PoolTask task = pool.add();
		pool.effects.resident.put(1, LIMIT + 1);
		pool.pass(Duration.ofMillis(20));
		pool.succeed(task);
		assertThat(pool.effects.launched).containsExactly(1, 2);
		PoolTask meanwhile = pool.add();
		assertThat(pool.workerOf(meanwhile)).isEqualTo(1);
		pool.ready(2);
		assertThat(pool.effects.stopped).isEmpty();
		pool.pass(Duration.ofMillis(20));
		pool.succeed(meanwhile);
		assertThat(pool.effects.stopped).containsExactly(1);
		assertThat(pool.effects.notices(Notice.WorkerRecycled.class).get(0).why())
			.isEqualTo("max-memory: it holds 100 MB, the limit is 100 MB");
		assertThat(pool.workerOf(pool.add())).isEqualTo(2);
	}

	@Test
	void aWorkerFarOverItsMemoryLeavesAtOnceAfterItsTask() {
		TestPool pool = TestPool.started(1, MEMORY);
		PoolTask task = pool.add();
		pool.effects.resident.put(1, LIMIT * 13 / 10);
		pool.pass(Duration.ofMillis(200));
		pool.succeed(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
		assertThat(pool.effects.stopped).containsExactly(1);
	}

	@Test
	void whatATaskHoldsWhileItRunsWearsNobodyOut() {
		TestPool pool = TestPool.started(1, MEMORY);
		PoolTask task = pool.add();
		pool.effects.resident.put(1, LIMIT * 14 / 10);
		pool.pass(Duration.ofSeconds(10));
		pool.effects.resident.put(1, LIMIT / 2);
		pool.succeed(task);
		assertThat(pool.effects.launched).containsExactly(1);
		assertThat(pool.effects.killed).isEmpty();
	}

	@Test
	void aTaskOverTheCeilingCrashesOutOfMemory() {
		TestPool pool = TestPool.started(2, MEMORY);
		PoolTask hog = pool.add();
		PoolTask other = pool.add();
		pool.effects.resident.put(pool.workerOf(hog), LIMIT * 16 / 10);
		pool.pass(Duration.ofMillis(100));
		assertThat(pool.effects.killed).containsExactly(pool.workerOf(hog));
		pool.exited(pool.workerOf(hog), CrashReason.KILLED);
		assertThat(pool.outcomeOf(hog)).isInstanceOfSatisfying(Outcome.Crashed.class, (crashed) -> {
			assertThat(crashed.report().reason()).isEqualTo(CrashReason.OUT_OF_MEMORY);
			assertThat(crashed.report().detail())
				.isEqualTo("it holds 160 MB, which is over its max-memory of 100 MB by more than half");
		});
		assertThat(TestPool.stateOf(other)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void theLastOfManyTinyTasksIsFollowedByALookToo() {
		TestPool pool = TestPool.started(1, MEMORY);
		pool.pass(Duration.ofMillis(20));
		pool.succeed(pool.add());
		pool.effects.resident.put(1, LIMIT + 1);
		pool.succeed(pool.add());
		assertThat(pool.effects.launched).containsExactly(1);
		pool.pass(Duration.ofMillis(100));
		pool.add();
		assertThat(pool.effects.launched).containsExactly(1, 2);
	}

	@Test
	void anIdlePoolIsNotWokenToLookAtItsMemory() {
		TestPool pool = TestPool.started(1, MEMORY);
		pool.succeed(pool.add());
		pool.pass(Duration.ofSeconds(1));
		assertThat(pool.untilNextTimer()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void anOldIdleWorkerIsReplacedWhenItsSuccessorIsReady() {
		TestPool pool = TestPool.started(1, AGE);
		pool.pass(Duration.ofMinutes(10));
		assertThat(pool.effects.launched).containsExactly(1, 2);
		assertThat(pool.effects.stopped).isEmpty();
		pool.ready(2);
		assertThat(pool.effects.stopped).containsExactly(1);
		assertThat(pool.effects.notices(Notice.WorkerRecycled.class).get(0).why()).isEqualTo("max-age of PT10M");
	}

	@Test
	void anOldBusyWorkerFinishesItsTask() {
		TestPool pool = TestPool.started(1, AGE);
		PoolTask task = pool.add();
		pool.pass(Duration.ofMinutes(10));
		pool.ready(2);
		assertThat(pool.workerStates()).containsExactly(WorkerState.BUSY, WorkerState.STANDBY);
		pool.succeed(task);
		assertThat(pool.effects.stopped).containsExactly(1);
	}

	@Test
	void agesAreVariedByATenthDownwards() {
		TestPool pool = new TestPool(1, 0, 1, (bound) -> bound - 1, AGE);
		pool.start();
		pool.ready(1);
		pool.pass(Duration.ofMinutes(9).plusMillis(1));
		assertThat(pool.effects.launched).containsExactly(1, 2);
	}

	@Test
	void workersThatEndUnusedAreReplacedMoreAndMoreSlowly() {
		TestPool pool = TestPool.started(1);
		pool.exited(1);
		assertThat(pool.effects.launched).as("once may happen").containsExactly(1, 2);
		pool.ready(2);
		pool.exited(2);
		assertThat(pool.effects.launched).containsExactly(1, 2);
		pool.pass(Duration.ofMillis(100));
		pool.ready(3);
		pool.exited(3);
		pool.pass(Duration.ofMillis(199));
		assertThat(pool.effects.launched).containsExactly(1, 2, 3);
		pool.pass(Duration.ofMillis(1));
		pool.ready(4);
		pool.succeed(pool.add());
		pool.exited(4);
		assertThat(pool.effects.launched).as("one was used").containsExactly(1, 2, 3, 4, 5);
	}

	@Test
	void aWorkerWhoseChannelHasEndedIsReplacedWhenItsEndIsKnown() {
		TestPool pool = TestPool.started(1);
		pool.exited(1);
		pool.ready(2);
		pool.disconnected(2);
		assertThat(pool.effects.launched).containsExactly(1, 2);
		pool.exited(2);
		assertThat(pool.effects.launched).as("put off").containsExactly(1, 2);
		pool.pass(Duration.ofMillis(100));
		assertThat(pool.effects.launched).containsExactly(1, 2, 3);
	}

}
