package dev.taskqueue.pool;

import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.WorkerExit;
import dev.taskqueue.wire.TaskPage.Claim;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a task when its worker says how it ended, or has ended itself, and what
 * then becomes of the worker. Owned by the supervisor.
 */
final class Settlement {

	/**
	 * Workers in a row that may end before they have begun a task, until it is to blame.
	 */
	static final int MOST_RETURNS = 3;

	/** How long an outcome may take that is there already, as its claim says. */
	static final long ON_ITS_WAY = 20_000_000L;

	private static final EndReason SERVED = new EndReason(WorkerExit.REQUESTS, "requests-per-worker");

	private static final EndReason FATAL = new EndReason(WorkerExit.FATAL_ERROR,
			"a task ended with an error that can poison a JVM");

	private final Fleet fleet;

	private final Wear wear;

	private final TaskLedger tasks;

	private final Dispatch dispatch;

	private final World world;

	private final EndedWorkers ended = new EndedWorkers();

	/** Whether attempts are followed by others. */
	private boolean retries;

	/**
	 * What it needs besides.
	 *
	 * @param timers the pool's timers
	 * @param effects the world
	 * @param jitter a random number from 0 to below its argument
	 * @param proceed called where it comes to be the time to do something
	 */
	record World(Timers timers, Effects effects, IntUnaryOperator jitter, LongConsumer proceed) {
	}

	Settlement(Fleet fleet, Wear wear, TaskLedger tasks, Dispatch dispatch, World world) {
		this.fleet = fleet;
		this.wear = wear;
		this.tasks = tasks;
		this.dispatch = dispatch;
		this.world = world;
	}

	EndedWorkers endedWorkers() {
		return this.ended;
	}

	/** Whether an attempt that failed may be followed by another from now on. */
	void retries(boolean retries) {
		this.retries = retries;
	}

	/** A worker says how a task ended. */
	void settle(Worker worker, long taskId, Outcome outcome, boolean fatal, long now) {
		PoolTask task = worker.inFlight.peekFirst();
		if (task == null || task.id() != taskId) {
			corrupt(worker, "an outcome of task " + taskId + ", which it was not given", now);
			return;
		}
		if (!task.callable && outcome instanceof Outcome.Succeeded succeeded && succeeded.payload().length > 0) {
			corrupt(worker, "a result of task " + taskId + ", which has none", now);
			return;
		}
		worker.inFlight.removeFirst();
		this.fleet.served(worker);
		this.dispatch.ended(task, worker, now);
		RunLimits limits = task.placed().limits;
		attempted(task, (limits != null) ? limits.judge(outcome) : outcome, now);
		if (worker.phase == Worker.Phase.SERVING && isToLeave(worker, fatal, now)) {
			this.dispatch.takeEverythingBack(worker);
		}
		PoolTask next = this.dispatch.promote(worker, now);
		if (next == null) {
			release(worker, now);
		}
		else if (next.cancelled) {
			cancelRunning(next, now);
		}
	}

	/** After a task: whether the worker must not have another. */
	private boolean isToLeave(Worker worker, boolean fatal, long now) {
		if (fatal) {
			worker.retiring = FATAL;
		}
		else if (worker.hasReachedLimit()) {
			worker.retiring = SERVED;
		}
		else if (this.wear.isSpent(worker, now) && worker.wornOut != null) {
			worker.retiring = worker.wornOut;
		}
		return worker.retiring != null;
	}

	/** A worker has no task any more. */
	private void release(Worker worker, long now) {
		if (worker.phase == Worker.Phase.SERVING && worker.retiring != null) {
			this.fleet.recycle(worker, worker.retiring, this.fleet.goodbyeBy(now));
		}
		else {
			this.fleet.idle(worker);
		}
	}

	/** Somebody wants a task to end that a worker was given. */
	void cancelRunning(PoolTask task, long now) {
		Worker worker = task.placed().worker;
		task.cancelled = true; // should it come back, or be over already
		if (worker.phase == Worker.Phase.DYING) {
			return; // decided already, unless the task had not begun
		}
		boolean alone = this.dispatch.isolate(worker);
		if (this.world.effects().recall(worker.id, task)) {
			worker.inFlight.remove(task);
			this.tasks.finish(task, new Outcome.Cancelled("before it had begun"), now);
			this.world.effects().runs(worker.id, 0);
			release(worker, now);
		}
		else if (alone) {
			kill(task, worker, now);
		}
		else {
			// It is over, and its outcome there in a moment: unless the worker lies
			this.world.timers().at(now + ON_ITS_WAY, (then) -> {
				if (task.worker() == worker && worker.inFlight.peekFirst() == task) {
					kill(task, worker, then);
				}
			});
		}
	}

	private void kill(PoolTask task, Worker worker, long now) {
		this.fleet.kill(worker, new EndReason(WorkerExit.CANCELLED, task.handle + " was cancelled"), (other,
				report) -> (other == task) ? new Outcome.Cancelled("while it ran") : new Outcome.Crashed(report), now);
	}

	/** A worker wrote what no worker writes. */
	void corrupt(Worker worker, String what, long now) {
		this.dispatch.takeBack(worker);
		this.fleet.kill(worker, new EndReason(WorkerExit.CHANNEL_CORRUPT, "its channel is corrupt: " + what),
				(task, report) -> new Outcome.Crashed(report.because(CrashReason.CHANNEL_CORRUPT, what)), now);
	}

	/** A worker's process has ended, and everything it had written was read. */
	void exited(Worker worker, ProcessEnd end, long now) {
		this.fleet.gone(worker);
		CrashReport report = end.report(worker.wasReady ? end.reason() : CrashReason.START_FAILED,
				now - worker.launchedAt, worker.served);
		if (!worker.wasReady && worker.endReason != null) {
			String why = worker.endReason.text();
			report = report.because(CrashReason.START_FAILED,
					(end.startReport() != null) ? why + "; " + end.startReport() : why);
		}
		this.ended.count((worker.endReason != null) ? worker.endReason.exit() : WorkerExit.of(report.reason()));
		if (!worker.wasReady && worker.ending != Worker.Ending.DISMISSED) {
			launchFailed(report, now);
		}
		PoolTask begun = null;
		for (PoolTask task : worker.inFlight) {
			boolean hasBegun = this.world.effects().claim(worker.id, task) != Claim.SENT;
			task.placed().begun = hasBegun;
			begun = (begun == null && hasBegun) ? task : begun;
		}
		remember(worker, begun, report, now);
		if (worker.wasReady && worker.ending == Worker.Ending.ITS_OWN) {
			this.world.effects().notice(new Notice.WorkerLost(report, (begun != null) ? begun.handle : null));
			this.fleet.lostWhileIdle(worker, now, this.world.proceed());
		}
		PoolTask head = worker.inFlight.pollFirst();
		if (head != null) {
			abandoned(head, worker, report, now);
		}
		for (PoolTask task : worker.inFlight) {
			abandonedAhead(task, worker, report, now);
		}
		this.tasks.finishUnwanted(now);
	}

	private void launchFailed(CrashReport report, long now) {
		this.fleet.launchFailed(report, now, this.world.proceed());
		this.ended.launchFailed(report, now);
		if (this.fleet.isHopeless(PoolDecisions.HOPELESS_AFTER)) {
			this.tasks.finishWaiting(new Outcome.Crashed(report), now);
		}
	}

	/** An attempt has ended: final, or to be followed by another. */
	private void attempted(PoolTask task, Outcome outcome, long now) {
		TaskSpec.Retry retry = task.spec.retry();
		if (task.cancelled || !this.retries || !retry.follows(task.attempt, outcome)) {
			this.tasks.finish(task, outcome, now);
			return;
		}
		long backoff = retry.backoffAfter(task.attempt, this.world.jitter());
		this.world.effects()
			.notice(new Notice.TaskRetried(task.handle, outcome, task.placed().worker.pid, task.attempt,
					task.waited(now), now - task.placed().startedAt, backoff));
		this.tasks.retry(task, backoff, now);
	}

	/** Keep the report of a worker that crashed for those who look at the queue. */
	private void remember(Worker worker, @Nullable PoolTask begun, CrashReport report, long now) {
		boolean failedStart = !worker.wasReady && worker.ending != Worker.Ending.DISMISSED;
		if (begun == null && (failedStart || worker.ending == Worker.Ending.ITS_OWN)) {
			this.ended.crashed(null, report, now);
		}
		// Killed for a limit or a cancellation it has not crashed; for a corrupt channel
		// it has
		else if (worker.verdict.on(begun, report) instanceof Outcome.Crashed crashed
				&& (begun != null || crashed.report().reason() == CrashReason.CHANNEL_CORRUPT)) {
			this.ended.crashed(begun, crashed.report(), now);
		}
	}

	/** A worker ended with its first task. */
	private void abandoned(PoolTask task, Worker worker, CrashReport report, long now) {
		// Not begun, but too often: it may be what ends the workers
		if (task.placed().begun || ++task.returns > MOST_RETURNS) {
			attempted(task, worker.verdict.on(task, report), now);
		}
		else if (task.cancelled) {
			this.tasks.finish(task, new Outcome.Cancelled("before it had begun"), now);
		}
		else {
			this.tasks.returned(task);
		}
	}

	/** A worker ended with a task that waited there, as far as was known. */
	private void abandonedAhead(PoolTask task, Worker worker, CrashReport report, long now) {
		if (task.placed().begun) {
			this.tasks.promoted(task, now);
			attempted(task, worker.verdict.on(task, report), now);
			return;
		}
		// It had no part in the end, so that does not count as a return
		this.tasks.takenBack(task);
		if (task.cancelled) {
			this.tasks.cancel(task, now);
		}
	}

}
