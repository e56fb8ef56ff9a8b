package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Soft timeout, grace, and the stack that is asked for before a kill.
 */
class PoolSoftTimeoutTest {

	private static final TaskOptions SOFT = TaskOptions.defaults()
		.softTimeout(Duration.ofSeconds(1))
		.grace(Duration.ofSeconds(2));

	private final TestPool pool = TestPool.started(1);

	@Test
	void isInterruptedAtItsSoftTimeoutOnce() {
		PoolTask task = this.pool.add(SOFT);
		this.pool.pass(Duration.ofMillis(999));
		assertThat(this.pool.effects.interrupted).isEmpty();
		this.pool.pass(Duration.ofMillis(1));
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(this.pool.effects.interrupted).containsExactly(task);
		assertThat(this.pool.effects.killed).isEmpty();
	}

	@Test
	void anEndInGraceIsTimedOutAndKeepsTheWorker() {
		PoolTask task = this.pool.add(SOFT);
		PoolTask next = this.pool.add();
		this.pool.pass(Duration.ofSeconds(2));
		this.pool.fail(task, false);
		assertThat(this.pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.SOFT_TIMEOUT, Duration.ofSeconds(1), "trace"));
		assertThat(this.pool.workerOf(next)).isEqualTo(1);
		this.pool.pass(Duration.ofSeconds(10));
		assertThat(this.pool.effects.killed).isEmpty();
	}

	@Test
	void aValueReturnedInGraceIsStillTimedOut() {
		PoolTask task = this.pool.add(SOFT);
		this.pool.pass(Duration.ofSeconds(1));
		this.pool.succeed(task);
		assertThat(this.pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.SOFT_TIMEOUT, Duration.ofSeconds(1), null));
		assertThat(this.pool.workerStates()).containsExactly(WorkerState.IDLE);
	}

	@Test
	void anEndBeforeTheSoftTimeoutIsWhatItIs() {
		PoolTask task = this.pool.add(SOFT);
		this.pool.pass(Duration.ofMillis(999));
		this.pool.succeed(task);
		this.pool.pass(Duration.ofSeconds(10));
		assertThat(this.pool.outcomeOf(task)).isInstanceOf(Outcome.Succeeded.class);
		assertThat(this.pool.effects.interrupted).isEmpty();
		assertThat(this.pool.effects.dumped).isEmpty();
	}

	@Test
	void isKilledAtTheEndOfItsGraceWithItsStack() {
		PoolTask task = this.pool.add(SOFT);
		this.pool.pass(Duration.ofMillis(2799));
		assertThat(this.pool.effects.dumped).isEmpty();
		this.pool.pass(Duration.ofMillis(1));
		assertThat(this.pool.effects.dumped).containsExactly(task);
		this.pool.stack(task, "at loop");
		this.pool.pass(Duration.ofMillis(199));
		assertThat(this.pool.effects.killed).isEmpty();
		this.pool.pass(Duration.ofMillis(1));
		assertThat(this.pool.effects.killed).containsExactly(1);
		this.pool.exited(1, CrashReason.KILLED);
		assertThat(this.pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.SOFT_TIMEOUT, Duration.ofSeconds(1), "at loop"));
	}

	@Test
	void theTimeoutCutsTheGraceShort() {
		PoolTask task = this.pool.add(SOFT.timeout(Duration.ofMillis(1500)));
		this.pool.pass(Duration.ofMillis(1500));
		assertThat(this.pool.effects.interrupted).containsExactly(task);
		assertThat(this.pool.effects.killed).containsExactly(1);
		this.pool.exited(1, CrashReason.KILLED);
		assertThat(this.pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.TIMEOUT, Duration.ofMillis(1500), null));
	}

	@Test
	void aTimeoutThatIsNotLongerLeavesNoSoftOne() {
		PoolTask task = this.pool.add(SOFT.timeout(Duration.ofSeconds(1)));
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(this.pool.effects.interrupted).isEmpty();
		assertThat(this.pool.effects.dumped).containsExactly(task);
		assertThat(this.pool.effects.killed).containsExactly(1);
	}

	@Test
	void noGraceKillsAtOnce() {
		this.pool.add(SOFT.grace(Duration.ZERO));
		this.pool.pass(Duration.ofSeconds(1));
		assertThat(this.pool.effects.killed).containsExactly(1);
	}

	@Test
	void aStackNobodyAskedForIsIgnored() {
		PoolTask task = this.pool.add(SOFT);
		this.pool.stack(task, "early");
		this.pool.pass(Duration.ofSeconds(3));
		this.pool.exited(1, CrashReason.KILLED);
		assertThat(this.pool.outcomeOf(task))
			.isEqualTo(new Outcome.TimedOut(TimeLimit.SOFT_TIMEOUT, Duration.ofSeconds(1), null));
	}

	@Test
	void aLongPauseOfTheParentKillsAtOnceAfterwards() {
		PoolTask task = this.pool.add(TaskOptions.defaults().timeout(Duration.ofSeconds(1)));
		this.pool.jump(Duration.ofSeconds(100));
		assertThat(this.pool.effects.dumped).containsExactly(task);
		assertThat(this.pool.effects.killed).containsExactly(1);
	}

}
