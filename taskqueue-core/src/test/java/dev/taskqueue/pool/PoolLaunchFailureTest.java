package dev.taskqueue.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerCrashedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Workers that do not come up.
 */
class PoolLaunchFailureTest {

	@Test
	void aWorkerThatIsNotReadyInTimeIsKilledAndCountsAsAFailedLaunch() {
		TestPool pool = new TestPool(1);
		pool.start();
		pool.pass(Duration.ofMillis(59_999));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1);
		pool.ready(1);
		pool.exited(1, CrashReason.KILLED);
		assertThat(pool.effects.notices(Notice.LaunchFailed.class)).hasSize(1);
		assertThat(pool.effects.notices(Notice.LaunchFailed.class).get(0).report().reason())
			.isEqualTo(CrashReason.START_FAILED);
	}

	@Test
	void aContextsStartIsAskedWhereItIsShortlyBeforeItIsCut() {
		TestPool pool = TestPool.withContext(1);
		pool.start();
		pool.pass(Duration.ofMillis(59_499));
		assertThat(pool.effects.startsDumped).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.startsDumped).containsExactly(1);
		pool.pass(Duration.ofMillis(499));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1);
		pool.exited(1, "its start was here");
		assertThat(pool.effects.notices(Notice.LaunchFailed.class).get(0).report().detail())
			.isEqualTo("it was not ready within the startup-timeout; its start was here");
	}

	@Test
	void nobodyIsAskedWhoseContextIsReadyOrWhoHasNone() {
		TestPool ready = TestPool.withContext(1);
		ready.start();
		ready.ready(1);
		ready.pass(Duration.ofMinutes(2));
		TestPool without = new TestPool(1);
		without.start();
		without.pass(Duration.ofMinutes(2));
		assertThat(ready.effects.startsDumped).isEmpty();
		assertThat(ready.effects.killed).isEmpty();
		assertThat(without.effects.startsDumped).isEmpty();
	}

	@Test
	void whatAWorkerSaysOfItsStartIsWhyTasksCrash() {
		TestPool pool = TestPool.withContext(1);
		pool.start();
		PoolHandle<?> task = pool.add().handle;
		for (int worker = 1; worker <= 3; worker++) {
			pool.exited(worker, "No bean\nDefine one");
			pool.pass(Duration.ofSeconds(1));
		}
		assertThat(task.state()).isEqualTo(TaskState.CRASHED);
		WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class, task::join);
		assertThat(crash.reason()).isEqualTo(CrashReason.START_FAILED);
		assertThat(crash.report().detail()).isEqualTo("No bean\nDefine one");
		assertThat(pool.snapshot().failedLaunch()).isNotNull();
	}

	@Test
	void aWorkerHasTimeToCloseItsContext() {
		TestPool pool = TestPool.withContext(1);
		pool.start();
		pool.ready(1);
		pool.terminate(Duration.ofMinutes(1));
		assertThat(pool.effects.stopped).containsExactly(1);
		pool.pass(Duration.ofMillis(6_999));
		assertThat(pool.effects.killed).isEmpty();
		pool.pass(Duration.ofMillis(1));
		assertThat(pool.effects.killed).containsExactly(1);
	}

	@Test
	void aWorkerThatWasReadyInTimeIsNotKilled() {
		TestPool pool = TestPool.started(1);
		pool.pass(Duration.ofMinutes(5));
		assertThat(pool.effects.killed).isEmpty();
	}

	@Test
	void theNextLaunchIsPutOffTwiceAsLongEachTimeUpToTenSeconds() {
		TestPool pool = new TestPool(1);
		pool.start();
		List<Long> delays = new ArrayList<>();
		for (int worker = 1; worker <= 20; worker++) {
			assertThat(pool.effects.launched).hasSize(worker);
			pool.exited(worker);
			Notice.LaunchFailed failed = pool.effects.notices(Notice.LaunchFailed.class).get(worker - 1);
			assertThat(failed.inARow()).isEqualTo(worker);
			delays.add(Duration.ofNanos(failed.retryNanos()).toMillis());
			pool.pass(Duration.ofNanos(failed.retryNanos() - 1));
			assertThat(pool.effects.launched).hasSize(worker);
			pool.pass(Duration.ofNanos(1));
		}
		assertThat(delays).startsWith(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L)
			.endsWith(10_000L);
	}

	@Test
	void eventsDuringTheBackoffLaunchNothing() {
		TestPool pool = new TestPool(1);
		pool.start();
		pool.exited(1);
		pool.add();
		pool.pause();
		pool.resume();
		assertThat(pool.effects.launched).containsExactly(1);
	}

	@Test
	void aLaunchThatSucceedsEndsTheBackoff() {
		TestPool pool = new TestPool(1);
		pool.start();
		pool.exited(1);
		pool.pass(Duration.ofMillis(100));
		pool.ready(2);
		pool.exited(2);
		pool.exited(3);
		assertThat(pool.effects.notices(Notice.LaunchFailed.class)).extracting(Notice.LaunchFailed::inARow)
			.containsExactly(1, 1);
	}

	@Test
	void notMoreWorkersStartAtOnceThanAllowed() {
		TestPool pool = new TestPool(5, 0, 2, (bound) -> 0);
		pool.start();
		assertThat(pool.effects.launched).containsExactly(1, 2);
		pool.ready(1);
		assertThat(pool.effects.launched).containsExactly(1, 2, 3);
	}

	@Test
	void tasksWaitThroughTwoFailedLaunchesAndEndWithTheThird() {
		TestPool pool = new TestPool(1);
		pool.start();
		PoolTask task = pool.add();
		pool.exited(1);
		pool.pass(Duration.ofSeconds(1));
		pool.exited(2);
		pool.pass(Duration.ofSeconds(1));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		pool.exited(3, CrashReason.EXITED);
		assertCrashed(pool, task, CrashReason.START_FAILED);
	}

	@Test
	void theFirstLaunchesOfALargePoolFailingTogetherAreNotYetHopeless() {
		TestPool pool = new TestPool(4);
		pool.start();
		PoolTask task = pool.add();
		for (int worker = 1; worker <= 4; worker++) {
			pool.exited(worker);
		}
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
	}

	@Test
	void aTaskAddedWhileItIsHopelessEndsWithTheNextFailureOrRuns() {
		TestPool pool = new TestPool(1);
		pool.start();
		for (int worker = 1; worker <= 3; worker++) {
			pool.exited(worker);
			pool.pass(Duration.ofSeconds(1));
		}
		PoolTask unlucky = pool.add();
		assertThat(TestPool.stateOf(unlucky)).isEqualTo(TaskState.WAITING);
		pool.exited(4);
		assertCrashed(pool, unlucky, CrashReason.START_FAILED);
		PoolTask lucky = pool.add();
		pool.pass(Duration.ofSeconds(10));
		pool.ready(5);
		pool.succeed(lucky);
		assertThat(TestPool.stateOf(lucky)).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void aWorkerAtWorkKeepsHope() {
		TestPool pool = new TestPool(2);
		pool.start();
		pool.ready(1);
		PoolTask running = pool.add();
		PoolTask waiting = pool.add();
		failUntilHopeless(pool, 2);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.WAITING);
		pool.succeed(running);
		assertThat(TestPool.stateOf(waiting)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void tasksThatNeverRanEndWithStartFailedAlsoWhereTheLastWorkerIsLost() {
		TestPool pool = new TestPool(2);
		pool.start();
		pool.ready(1);
		PoolTask running = pool.add();
		PoolTask waiting = pool.add();
		failUntilHopeless(pool, 2);
		pool.exited(1, CrashReason.OUT_OF_MEMORY);
		assertCrashed(pool, running, CrashReason.OUT_OF_MEMORY);
		if (TestPool.stateOf(waiting).isFinal()) {
			assertCrashed(pool, waiting, CrashReason.START_FAILED);
		}
	}

	@Test
	void theQueueStartsAfreshAfterATermination() {
		TestPool pool = new TestPool(1);
		pool.start();
		pool.exited(1);
		pool.terminate(Duration.ZERO);
		pool.start();
		assertThat(pool.effects.launched).containsExactly(1, 2);
		pool.exited(2);
		assertThat(pool.effects.notices(Notice.LaunchFailed.class)).extracting(Notice.LaunchFailed::inARow)
			.containsExactly(1, 1);
	}

	private static void failUntilHopeless(TestPool pool, int firstWorker) {
		for (int worker = firstWorker; worker < firstWorker + 3; worker++) {
			pool.exited(worker);
			pool.pass(Duration.ofSeconds(1));
		}
	}

	private static void assertCrashed(TestPool pool, PoolTask task, CrashReason reason) {
		assertThat(pool.outcomeOf(task)).isInstanceOfSatisfying(Outcome.Crashed.class,
				(crashed) -> assertThat(crashed.report().reason()).isEqualTo(reason));
	}

}
