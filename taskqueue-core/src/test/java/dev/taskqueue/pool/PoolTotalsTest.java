package dev.taskqueue.pool;

import java.time.Duration;
import java.util.Map;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueTotals;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeTotal;
import dev.taskqueue.WorkerExit;
import dev.taskqueue.WorkerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is summed up for meters: run times, waits, and the ends of workers.
 */
class PoolTotalsTest {

	@Test
	void runTimesAreSummedUpByOutcome() {
		TestPool pool = TestPool.started(1);
		for (int seconds = 1; seconds <= 3; seconds++) {
			PoolTask task = pool.add();
			pool.pass(Duration.ofSeconds(seconds));
			pool.succeed(task);
		}
		PoolTask failing = pool.add();
		pool.pass(Duration.ofMillis(5));
		pool.fail(failing, false);
		assertThat(totals(pool).runs()).isEqualTo(Map.of(TaskState.SUCCEEDED, new TimeTotal(3, Duration.ofSeconds(6)),
				TaskState.FAILED, new TimeTotal(1, Duration.ofMillis(5))));
	}

	@Test
	void whatHasNotRunCountsWithoutTime() {
		TestPool pool = TestPool.started(1);
		pool.add();
		PoolTask waiting = pool.add();
		pool.pass(Duration.ofSeconds(7));
		waiting.handle.cancel();
		assertThat(totals(pool).runs(TaskState.CANCELLED)).isEqualTo(new TimeTotal(1, Duration.ZERO));
		assertThat(totals(pool).runs(TaskState.SUCCEEDED)).isEqualTo(TimeTotal.ZERO);
	}

	@Test
	void allAttemptsOfATaskCountTogetherAndItsBackoffDoesNot() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add(TaskOptions.defaults().maxAttempts(2).backoff(Duration.ofMinutes(1)));
		pool.pass(Duration.ofSeconds(3));
		pool.fail(task, false);
		assertThat(totals(pool).runs()).isEmpty();
		pool.pass(Duration.ofMinutes(1));
		pool.pass(Duration.ofSeconds(4));
		pool.succeed(task);
		assertThat(totals(pool).runs()).isEqualTo(Map.of(TaskState.SUCCEEDED, new TimeTotal(1, Duration.ofSeconds(7))));
	}

	@Test
	void waitsAreThoseOfStartedAttempts() {
		TestPool pool = TestPool.started(1);
		PoolTask first = pool.add();
		PoolTask second = pool.add();
		PoolTask third = pool.add();
		pool.pass(Duration.ofSeconds(2));
		third.handle.cancel();
		assertThat(totals(pool).waits()).isEqualTo(new TimeTotal(1, Duration.ZERO));
		pool.succeed(first);
		assertThat(totals(pool).waits()).isEqualTo(new TimeTotal(2, Duration.ofSeconds(2)));
		pool.succeed(second);
		assertThat(totals(pool).waits()).isEqualTo(new TimeTotal(2, Duration.ofSeconds(2)));
	}

	@Test
	void aDelayIsNoWait() {
		TestPool pool = TestPool.started(1);
		pool.add(TaskOptions.defaults().delay(Duration.ofHours(1)));
		pool.pass(Duration.ofHours(1));
		assertThat(totals(pool).waits()).isEqualTo(new TimeTotal(1, Duration.ZERO));
	}

	@ParameterizedTest
	@EnumSource(value = CrashReason.class, names = "START_FAILED", mode = EnumSource.Mode.EXCLUDE)
	void whatAWorkerDoesItselfCountsAsThat(CrashReason reason) {
		TestPool pool = TestPool.started(1);
		pool.exited(pool.workerOf(pool.add()), reason);
		assertExits(pool, WorkerExit.valueOf(reason.name()));
	}

	@Test
	void workerThatDoesNotComeUpIsAFailedStart() {
		TestPool pool = new TestPool(1);
		pool.start();
		pool.exited(1);
		assertExits(pool, WorkerExit.START_FAILED);
	}

	@Test
	void workerThatIsNotReadyInTimeIsAFailedStartThatSaysSo() {
		TestPool pool = TestPool.started(1);
		pool.exited(1);
		pool.pass(WorkerOptions.defaults().startupTimeout());
		pool.exited(2, CrashReason.KILLED);
		assertThat(totals(pool).exits()).isEqualTo(Map.of(WorkerExit.EXITED, 1L, WorkerExit.START_FAILED, 1L));
		assertThat(pool.snapshot().failedLaunch()).isNotNull()
			.extracting((crash) -> crash.report().reason(), (crash) -> crash.report().detail())
			.containsExactly(CrashReason.START_FAILED, "it was not ready within the startup-timeout");
	}

	@Test
	void killsForATaskCountAsTheirCause() {
		TestPool pool = TestPool.started(2);
		PoolTask slow = pool.add(TaskOptions.defaults().timeout(Duration.ofSeconds(1)));
		PoolTask cancelled = pool.add();
		cancelled.handle.cancel();
		pool.pass(Duration.ofSeconds(1));
		pool.exited(pool.workerOf(slow), CrashReason.KILLED);
		pool.exited(pool.workerOf(cancelled), CrashReason.KILLED);
		assertThat(totals(pool).exits()).isEqualTo(Map.of(WorkerExit.TIMEOUT, 1L, WorkerExit.CANCELLED, 1L));
	}

	@Test
	void workerThatHasServedItsRequestsIsRecycled() {
		TestPool pool = TestPool.started(1, 1);
		PoolTask task = pool.add();
		int worker = pool.workerOf(task);
		pool.succeed(task);
		pool.exited(worker);
		assertExits(pool, WorkerExit.REQUESTS);
	}

	@Test
	void aRecycledWorkerThatHasToBeKilledCountsAsRecycled() {
		TestPool pool = TestPool.started(1, 1);
		PoolTask task = pool.add();
		int worker = pool.workerOf(task);
		pool.succeed(task);
		pool.pass(Duration.ofSeconds(3));
		assertThat(pool.effects.killed).containsExactly(worker);
		pool.exited(worker, CrashReason.KILLED);
		assertExits(pool, WorkerExit.REQUESTS);
	}

	@Test
	void anErrorThatCanPoisonAWorkerIsAReasonOfItsOwn() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		int worker = pool.workerOf(task);
		pool.fail(task, true);
		pool.exited(worker);
		assertExits(pool, WorkerExit.FATAL_ERROR);
	}

	@Test
	void ageAndMemoryAreReasons() {
		TestPool old = TestPool.started(1, WorkerOptions.defaults().withMaxAge(Duration.ofMinutes(1)));
		old.pass(Duration.ofMinutes(1));
		old.ready(2);
		old.exited(1);
		assertExits(old, WorkerExit.AGE);
		TestPool large = TestPool.started(1, WorkerOptions.defaults().withMaxMemory(100L << 20));
		PoolTask task = large.add();
		large.effects.resident.put(1, 130L << 20);
		large.pass(Duration.ofMillis(50));
		large.succeed(task);
		large.exited(1);
		assertExits(large, WorkerExit.MEMORY);
	}

	@Test
	void farTooMuchMemoryIsOutOfMemory() {
		TestPool pool = TestPool.started(1, WorkerOptions.defaults().withMaxMemory(100L << 20));
		pool.add();
		pool.effects.resident.put(1, 200L << 20);
		pool.pass(Duration.ofMillis(200));
		pool.exited(1, CrashReason.KILLED);
		assertExits(pool, WorkerExit.OUT_OF_MEMORY);
	}

	@Test
	void aCorruptChannelIsAReason() {
		TestPool pool = TestPool.started(2);
		pool.corrupt(1);
		pool.exited(1, CrashReason.KILLED);
		pool.disconnected(2);
		pool.pass(Duration.ofSeconds(2));
		pool.exited(2, CrashReason.KILLED);
		assertThat(totals(pool).exits()).isEqualTo(Map.of(WorkerExit.CHANNEL_CORRUPT, 2L));
	}

	@Test
	void theQueuesTerminationIsAReasonWhateverItsWorkersDid() {
		TestPool pool = TestPool.started(3);
		pool.exited(3);
		pool.add();
		pool.terminate(Duration.ZERO);
		pool.expire();
		pool.exited(1, CrashReason.KILLED);
		pool.exited(2);
		pool.exited(4);
		assertThat(totals(pool).exits()).isEqualTo(Map.of(WorkerExit.EXITED, 1L, WorkerExit.TERMINATED, 3L));
	}

	@Test
	void theLastLaunchIsForgottenWhenAnotherOneSucceeds() {
		TestPool pool = TestPool.started(1);
		assertThat(pool.snapshot().failedLaunch()).isNull();
		pool.exited(1);
		assertThat(pool.snapshot().failedLaunch()).as("a crash is no failed launch").isNull();
		pool.exited(2);
		assertThat(pool.snapshot().failedLaunch()).isNotNull();
		pool.pass(Duration.ofSeconds(1));
		assertThat(pool.snapshot().failedLaunch()).as("the next one is under way").isNotNull();
		pool.ready(3);
		assertThat(pool.snapshot().failedLaunch()).isNull();
		assertThat(pool.snapshot().crashes()).hasSize(2);
	}

	@Test
	void aCrashAfterAFailedLaunchDoesNotMakeItSucceed() {
		TestPool pool = TestPool.started(2);
		PoolTask task = pool.add();
		pool.exited(2);
		pool.exited(3);
		pool.exited(pool.workerOf(task));
		assertThat(pool.snapshot().failedLaunch()).isNotNull();
	}

	@Test
	void aNewStartForgetsFailedLaunches() {
		TestPool pool = new TestPool(1);
		pool.start();
		pool.exited(1);
		pool.terminate(Duration.ZERO);
		assertThat(pool.snapshot().failedLaunch()).isNotNull();
		pool.start();
		assertThat(pool.snapshot().failedLaunch()).isNull();
	}

	private static TaskQueueTotals totals(TestPool pool) {
		return pool.snapshot().totals();
	}

	private static void assertExits(TestPool pool, WorkerExit only) {
		assertThat(totals(pool).exits()).isEqualTo(Map.of(only, 1L));
		assertThat(totals(pool).exits(only)).isOne();
	}

}
