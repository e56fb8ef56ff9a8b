package dev.taskqueue.pool;

import java.time.Duration;
import java.util.Objects;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is attempted again, when, and how often.
 */
class PoolRetryTest {

	private static final TaskOptions THREE = TaskOptions.defaults().maxAttempts(3).backoff(Duration.ofSeconds(1));

	private final TestPool pool = TestPool.started(1);

	@Test
	void withoutOptionsNothingIsAttemptedTwice() {
		PoolTask task = this.pool.add();
		this.pool.fail(task, false);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.FAILED);
	}

	@Test
	void isDelayedByItsBackoffAndAttemptedAgain() {
		PoolTask task = this.pool.add(THREE);
		this.pool.fail(task, false);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.DELAYED);
		assertThat(this.pool.snapshot().delayed()).isOne();
		this.pool.pass(Duration.ofMillis(999));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.DELAYED);
		this.pool.pass(Duration.ofMillis(1));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
		assertThat(task.attempt).isEqualTo(2);
		this.pool.succeed(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
		assertThat(this.pool.snapshot().processed()).isOne();
	}

	@Test
	void theBackoffDoublesAndTheLastAttemptIsFinal() {
		PoolTask task = this.pool.add(THREE);
		this.pool.fail(task, false);
		this.pool.pass(Duration.ofSeconds(1));
		this.pool.fail(task, false);
		this.pool.pass(Duration.ofMillis(1999));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.DELAYED);
		this.pool.pass(Duration.ofMillis(1));
		this.pool.fail(task, false);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.FAILED);
		assertThat(this.pool.effects.notices(Notice.TaskRetried.class)).extracting(Notice.TaskRetried::attempt)
			.containsExactly(1, 2);
	}

	@Test
	void aCrashIsAttemptedAgainInAnotherWorkerAndEndsAfterItsAttempts() {
		PoolTask task = this.pool.add(THREE);
		this.pool.exited(1);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.DELAYED);
		this.pool.ready(2);
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(this.pool.workerOf(task)).isEqualTo(2);
		this.pool.exited(2);
		this.pool.pass(Duration.ofSeconds(2));
		this.pool.ready(3);
		this.pool.exited(3);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CRASHED);
	}

	@Test
	void aTimeoutIsAttemptedAgainAndLimitsCountAnew() {
		PoolTask task = this.pool.add(THREE.timeout(Duration.ofSeconds(5)));
		this.pool.pass(Duration.ofSeconds(5));
		this.pool.exited(1, CrashReason.KILLED);
		this.pool.ready(2);
		this.pool.pass(Duration.ofSeconds(1));
		this.pool.pass(Duration.ofMillis(4999));
		assertThat(this.pool.effects.killed).containsExactly(1);
		this.pool.succeed(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void eachKindOfEndCanBeSwitched() {
		PoolTask thrown = this.pool.add(THREE.retryOn(TaskState.CRASHED));
		this.pool.fail(thrown, false);
		assertThat(TestPool.stateOf(thrown)).isEqualTo(TaskState.FAILED);
		PoolTask crashed = this.pool.add(THREE.retryOn(TaskState.FAILED, TaskState.TIMED_OUT));
		this.pool.exited(1);
		assertThat(TestPool.stateOf(crashed)).isEqualTo(TaskState.CRASHED);
		this.pool.ready(2);
		PoolTask late = this.pool.add(THREE.timeout(Duration.ofSeconds(1)).retryOn(TaskState.FAILED));
		this.pool.pass(Duration.ofSeconds(1));
		this.pool.exited(2, CrashReason.KILLED);
		assertThat(TestPool.stateOf(late)).isEqualTo(TaskState.TIMED_OUT);
	}

	@Test
	void waitingTooLongIsNotAttemptedAgain() {
		this.pool.add();
		PoolTask task = this.pool.add(THREE.queueTimeout(Duration.ofSeconds(1)));
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(this.pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.QUEUE_TIMEOUT, Duration.ofSeconds(1), null));
	}

	@Test
	void theQueueTimeoutOfALaterAttemptCountsFromWhenItIsDue() {
		PoolTask task = this.pool.add(THREE.queueTimeout(Duration.ofMillis(100)));
		this.pool.pass(Duration.ofSeconds(5));
		PoolTask other = this.pool.add();
		this.pool.fail(task, false);
		this.pool.pass(Duration.ofMillis(1099));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		this.pool.succeed(other);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void comingBackFromAWorkerThatHadNotBegunIsNoAttempt() {
		PoolTask task = this.pool.add(THREE);
		this.pool.effects.claims.put(task.id(), dev.taskqueue.wire.TaskPage.Claim.SENT);
		this.pool.exited(1);
		this.pool.ready(2);
		assertThat(task.attempt).isOne();
	}

	@Test
	void cancelBetweenAttemptsIsFinal() {
		PoolTask task = this.pool.add(THREE);
		this.pool.fail(task, false);
		this.pool.cancel(task);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.CANCELLED);
		this.pool.pass(Duration.ofSeconds(10));
		assertThat(this.pool.sent()).containsExactly(task);
	}

	@Test
	void cancelWhileItsWorkerDiesForItsTimeoutLeavesNoFurtherAttempt() {
		PoolTask task = this.pool.add(THREE.timeout(Duration.ofSeconds(1)));
		this.pool.pass(Duration.ofSeconds(1));
		this.pool.cancel(task);
		this.pool.exited(1, CrashReason.KILLED);
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.TIMED_OUT);
	}

	@Test
	void aTerminationWaitsForNoFurtherAttempt() {
		PoolTask running = this.pool.add(THREE);
		this.pool.fail(running, false);
		PoolTask last = this.pool.add(THREE);
		this.pool.terminate(Duration.ofSeconds(5));
		assertThat(TestPool.stateOf(running)).isEqualTo(TaskState.CANCELLED);
		this.pool.fail(last, false);
		assertThat(TestPool.stateOf(last)).isEqualTo(TaskState.FAILED);
	}

	@Test
	void aPausedQueueStartsNoFurtherAttempt() {
		PoolTask task = this.pool.add(THREE);
		this.pool.pause();
		this.pool.fail(task, false);
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.WAITING);
		this.pool.resume();
		assertThat(TestPool.stateOf(task)).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void progressIsShownUntilTheAttemptEnds() {
		PoolTask task = this.pool.add(THREE);
		this.pool.progress(task, 0.5, "half");
		assertThat(Objects.requireNonNull(task.placed().progress).message()).isEqualTo("half");
		this.pool.fail(task, false);
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(task.placed().progress).isNull();
	}

}
