package dev.taskqueue.pool;

import java.time.Duration;
import java.time.Instant;

import dev.taskqueue.CrashReason;
import dev.taskqueue.QueueState;
import dev.taskqueue.RunningTask;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts, and what a snapshot shows. That counts agree with the gate after every event is
 * checked by {@link TestPool} in every test.
 */
class PoolSnapshotTest {

	@Test
	void everyTaskIsCountedInExactlyOneState() {
		TestPool pool = TestPool.started(2);
		pool.succeed(pool.add());
		pool.fail(pool.add(), false);
		PoolTask timedOut = pool.add(TaskOptions.defaults().timeout(Duration.ofSeconds(1)));
		pool.pass(Duration.ofSeconds(1));
		pool.exited(pool.workerOf(timedOut));
		PoolTask crashed = pool.add();
		pool.exited(pool.workerOf(crashed));
		pool.add().handle.cancel();
		pool.add(TaskOptions.defaults().delay(Duration.ofSeconds(1)));
		pool.ready(3);
		pool.add(3);
		TaskQueueSnapshot snapshot = pool.snapshot();
		assertThat(snapshot.succeeded()).isOne();
		assertThat(snapshot.failed()).isOne();
		assertThat(snapshot.timedOut()).isOne();
		assertThat(snapshot.crashed()).isOne();
		assertThat(snapshot.cancelled()).isOne();
		assertThat(snapshot.delayed()).isOne();
		assertThat(snapshot.running()).isOne();
		assertThat(snapshot.waiting()).isEqualTo(2);
		assertThat(snapshot.length()).isEqualTo(4);
		assertThat(snapshot.processed()).isEqualTo(5);
	}

	@Test
	void aWorkerIsShownWithItsTask() {
		TestPool pool = TestPool.started(1);
		pool.succeed(pool.add());
		pool.pass(Duration.ofSeconds(10));
		PoolTask task = pool.add();
		pool.pass(Duration.ofSeconds(3));
		assertThat(pool.snapshot().workers()).containsExactly(
				new WorkerSnapshot(1001, WorkerState.BUSY, 1, Instant.EPOCH.minusSeconds(13), new RunningTask(task.id(),
						"a task", TestPool.class.getName(), 1, Instant.EPOCH.minusSeconds(3), null)));
	}

	@Test
	void aWorkerThatHasNotSaidHelloHasNoPid() {
		TestPool pool = new TestPool(1);
		pool.start();
		assertThat(pool.snapshot().workers()).extracting(WorkerSnapshot::pid).containsExactly(-1L);
		assertThat(pool.workerStates()).containsExactly(WorkerState.STARTING);
	}

	@Test
	void crashesAreRememberedWithTheirTask() {
		TestPool pool = TestPool.started(2);
		PoolTask crashed = pool.add();
		pool.exited(pool.workerOf(crashed));
		pool.pass(Duration.ofSeconds(2));
		pool.exited(2);
		pool.pass(Duration.ofSeconds(3));
		assertThat(pool.snapshot().crashes())
			.extracting(WorkerCrash::taskId, (crash) -> crash.report().pid(), WorkerCrash::endedAt)
			.containsExactly(org.assertj.core.api.Assertions.tuple(crashed.id(), 1001L, Instant.EPOCH.minusSeconds(5)),
					org.assertj.core.api.Assertions.tuple(null, 1002L, Instant.EPOCH.minusSeconds(3)));
		assertThat(pool.effects.notices(Notice.WorkerLost.class)).extracting(Notice.WorkerLost::task)
			.containsExactly(crashed.handle, null);
	}

	@Test
	void endsThatWereWantedAreNoCrashes() {
		TestPool pool = TestPool.started(2);
		PoolTask timedOut = pool.add(TaskOptions.defaults().timeout(Duration.ofSeconds(1)));
		int first = pool.workerOf(timedOut);
		PoolTask cancelled = pool.add();
		int second = pool.workerOf(cancelled);
		cancelled.handle.cancel();
		pool.pass(Duration.ofSeconds(1));
		pool.exited(first);
		pool.exited(second);
		assertThat(pool.snapshot().crashes()).isEmpty();
	}

	@Test
	void idleWorkerWithACorruptChannelIsRemembered() {
		TestPool pool = TestPool.started(1);
		pool.corrupt(1);
		pool.exited(1, CrashReason.KILLED);
		assertThat(pool.snapshot().crashes()).extracting(WorkerCrash::taskId, (crash) -> crash.report().reason())
			.containsExactly(org.assertj.core.api.Assertions.tuple(null, CrashReason.CHANNEL_CORRUPT));
	}

	@Test
	void onlyTheLastCrashesAreRemembered() {
		TestPool pool = TestPool.started(1);
		for (int i = 1; i <= EndedWorkers.MOST_CRASHES + 2; i++) {
			pool.exited(pool.workerOf(pool.add()));
			pool.pass(Duration.ofSeconds(20));
			pool.ready(i + 1);
		}
		assertThat(pool.snapshot().crashes()).hasSize(EndedWorkers.MOST_CRASHES)
			.extracting((crash) -> crash.report().pid())
			.first()
			.isEqualTo(1003L);
	}

	@Test
	void theQueuesStateFollowsItsLife() {
		TestPool pool = new TestPool(1);
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.CREATED);
		pool.start();
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.RUNNING);
		pool.terminate(Duration.ofSeconds(1));
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.TERMINATING);
		pool.exited(1);
		assertThat(pool.snapshot().state()).isEqualTo(QueueState.TERMINATED);
	}

	@Test
	void finishedTasksAreToldWithPidAndRunTime() {
		TestPool pool = TestPool.started(1);
		PoolTask ran = pool.add();
		PoolTask waited = pool.add();
		pool.pass(Duration.ofMillis(250));
		waited.handle.cancel();
		pool.succeed(ran);
		assertThat(pool.effects.notices(Notice.TaskFinished.class))
			.extracting(Notice.TaskFinished::task, Notice.TaskFinished::pid, Notice.TaskFinished::runNanos)
			.containsExactly(org.assertj.core.api.Assertions.tuple(waited.handle, -1L, 0L),
					org.assertj.core.api.Assertions.tuple(ran.handle, 1001L, 250_000_000L));
	}

	@Test
	void aFinalTaskKeepsNoPayload() {
		TestPool pool = TestPool.started(1);
		PoolTask task = pool.add();
		pool.succeed(task);
		assertThat(task.placement).isNull();
		assertThat(task.timer).isNull();
		assertThat(task.list).isNull();
		assertThat(task.next).isNull();
		org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(task::payload);
	}

}
