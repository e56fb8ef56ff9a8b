package dev.taskqueue.pool;

import java.time.Instant;
import java.util.Iterator;
import java.util.function.IntUnaryOperator;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.QueueState;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerExit;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage.Claim;
import org.jspecify.annotations.Nullable;

/**
 * Every decision of the pool: which task goes to which worker, what an event means for
 * it, when to end. Has no I/O, no thread and no clock of its own: each method is an event
 * with the time it is dealt with, and what follows goes to {@link Effects}. Owned by the
 * supervisor.
 * <p>
 * Life: CREATED, RUNNING, TERMINATING, TERMINATED, and RUNNING again if it is started
 * again. The {@link TaskLedger} knows where every task is, the {@link Fleet} keeps the
 * workers; here is what brings them together.
 */
final class PoolDecisions {

	/** Launches in a row that fail before tasks are no longer made to wait for one. */
	static final int HOPELESS_AFTER = 3;

	/**
	 * Workers in a row that may end before they have begun a task, until it is to blame.
	 */
	static final int MOST_RETURNS = 3;

	/** How long a worker that closed its channel may take to end. */
	static final long LOST_GRACE = 1_000_000_000L;

	/**
	 * How long idle workers may take to leave when a termination is over its deadline.
	 */
	static final long LAST_GRACE = 500_000_000L;

	private static final EndReason SERVED = new EndReason(WorkerExit.REQUESTS, "requests-per-worker");

	private static final EndReason FATAL = new EndReason(WorkerExit.FATAL_ERROR,
			"a task ended with an error that can poison a JVM");

	private final PoolSettings settings;

	private final Effects effects;

	private final Timers timers = new Timers();

	private final Fleet fleet;

	private final Wear wear;

	private final TaskLedger tasks;

	private final EndedWorkers ended = new EndedWorkers();

	private final IntUnaryOperator jitter;

	private QueueState state = QueueState.CREATED;

	private boolean paused;

	/** Set by a termination: its deadline, and what has become of it. */
	private @Nullable Termination termination;

	PoolDecisions(PoolSettings settings, Gate gate, int startsAtOnce, IntUnaryOperator jitter, Effects effects) {
		this.settings = settings;
		this.effects = effects;
		this.jitter = jitter;
		this.tasks = new TaskLedger(gate, this.timers, effects, this::proceed);
		this.fleet = new Fleet(settings, startsAtOnce, jitter, this.timers, effects);
		this.wear = new Wear(settings.worker(), this.fleet, this.timers, effects, jitter);
	}

	// The queue

	void start(long now) {
		if (this.state == QueueState.CREATED || this.state == QueueState.TERMINATED) {
			this.state = QueueState.RUNNING;
			this.fleet.reset();
			this.ended.forgetFailedLaunch();
			proceed(now);
		}
	}

	void pause() {
		// A termination is not to be held up, nor the next start to begin paused
		this.paused = this.state == QueueState.CREATED || this.state == QueueState.RUNNING;
	}

	void resume(long now) {
		this.paused = false;
		proceed(now);
	}

	/**
	 * Drain and end. The gate is closed already; tasks that passed it before still come.
	 */
	void terminate(long deadline, long now) {
		if (this.state == QueueState.TERMINATING || this.state == QueueState.TERMINATED) {
			return;
		}
		Termination ending = new Termination(deadline, this.state == QueueState.CREATED || this.paused);
		this.termination = ending;
		this.state = QueueState.TERMINATING;
		this.paused = false;
		ending.timer = this.timers.at(deadline, this::expire);
		this.tasks.termination(ending, now);
		proceed(now);
	}

	/** The deadline of the termination is reached, or nobody wants to wait for it. */
	void expire(long now) {
		Termination ending = this.termination;
		if (ending == null || this.state != QueueState.TERMINATING) {
			return;
		}
		ending.cancelsWaiting = true;
		this.tasks.finishWaiting(TaskLedger.BY_TERMINATION, now);
		for (Worker worker : this.fleet.oldestFirst()) {
			if (!worker.inFlight.isEmpty()) {
				this.fleet.kill(worker,
						new EndReason(WorkerExit.TERMINATED, "the queue was terminated before its task had finished"),
						(task, report) -> TaskLedger.BY_TERMINATION, now);
			}
			else if (worker.phase == Worker.Phase.STARTING || worker.phase == Worker.Phase.STOPPING) {
				this.fleet.dismiss(worker, EndReason.TERMINATED, now);
			}
		}
		proceed(now);
	}

	// Tasks

	void added(PoolTask task, long now) {
		this.tasks.added(task, now);
		proceed(now);
	}

	void cancel(PoolTask task, long now) {
		switch (task.handle.state()) {
			case DELAYED, WAITING -> this.tasks.cancel(task, now);
			case RUNNING -> cancelRunning(task, now);
			case SUCCEEDED, FAILED, TIMED_OUT, CRASHED, CANCELLED -> {
				// It was faster
			}
		}
		proceed(now);
	}

	// Workers

	void hello(int id, long pid) {
		Worker worker = this.fleet.find(id);
		if (worker != null) {
			worker.pid = pid;
		}
	}

	void ready(int id, long now) {
		Worker worker = this.fleet.find(id);
		if (worker != null && worker.phase == Worker.Phase.STARTING) {
			this.fleet.ready(worker, now);
			this.ended.forgetFailedLaunch();
			this.wear.ready(worker, now, this::proceed);
			proceed(now);
		}
	}

	void result(int id, Frame.Result result, long now) {
		settle(id, result.task(), new Outcome.Succeeded(result.payload()), false, now);
	}

	void failure(int id, Frame.Failure failure, long now) {
		settle(id, failure.task(), new Outcome.Failed(failure.className(), failure.message(), failure.trace()),
				failure.fatal(), now);
	}

	/** A worker says where a task is. */
	void stack(int id, Frame.Stack stack) {
		PoolTask task = running(id, stack.task());
		if (task != null && task.limits != null) {
			task.limits.stack(stack.text());
		}
	}

	/** A task says how far it is. */
	void progress(int id, Frame.Progress progress) {
		PoolTask task = running(id, progress.task());
		if (task != null) {
			task.progress = new TaskProgress(progress.fraction(), progress.message());
		}
	}

	/** A worker wrote what no worker writes. */
	void corrupt(int id, String what, long now) {
		Worker worker = this.fleet.find(id);
		if (worker != null) {
			this.fleet.kill(worker, new EndReason(WorkerExit.CHANNEL_CORRUPT, "its channel is corrupt: " + what),
					(task, report) -> new Outcome.Crashed(report.because(CrashReason.CHANNEL_CORRUPT, what)), now);
			proceed(now);
		}
	}

	/** A worker's channel has ended. */
	void disconnected(int id, long now) {
		Worker worker = this.fleet.find(id);
		if (worker != null) {
			this.fleet.lost(worker, now + LOST_GRACE);
			proceed(now);
		}
	}

	/** A worker's process has ended, and everything it had written was read. */
	void exited(int id, ProcessEnd end, long now) {
		Worker worker = this.fleet.find(id);
		if (worker == null) {
			return;
		}
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
			this.fleet.launchFailed(report, now, this::proceed);
			this.ended.launchFailed(report, now);
			if (this.fleet.isHopeless(HOPELESS_AFTER)) {
				this.tasks.finishWaiting(new Outcome.Crashed(report), now);
			}
		}
		PoolTask begun = null;
		for (PoolTask task : worker.inFlight) {
			task.begun = this.effects.claim(worker.id, task) != Claim.SENT;
			begun = task.begun ? task : begun;
		}
		remember(worker, begun, report, now);
		if (worker.wasReady && worker.ending == Worker.Ending.ITS_OWN) {
			this.effects.notice(new Notice.WorkerLost(report, (begun != null) ? begun.handle : null));
			this.fleet.lostWhileIdle(worker, now, this::proceed);
		}
		Iterator<PoolTask> newestFirst = worker.inFlight.descendingIterator();
		while (newestFirst.hasNext()) {
			abandoned(newestFirst.next(), worker, report, now);
		}
		proceed(now);
	}

	void tick(long now) {
		this.timers.runDue(now);
	}

	boolean isTerminated() {
		return this.state == QueueState.TERMINATED;
	}

	long untilNextTimer(long now) {
		return this.timers.untilNext(now);
	}

	/**
	 * A view of everything.
	 * @param nanos any moment on the monotonic clock
	 * @param wallClock the same moment on the wall; always the same pair, or times would
	 * tremble
	 * @return an immutable view
	 */
	TaskQueueSnapshot snapshot(long nanos, Instant wallClock) {
		QueueState shown = (this.state == QueueState.RUNNING && this.paused) ? QueueState.PAUSED : this.state;
		return this.tasks.snapshot(this.settings.name(), shown, Views.of(this.fleet.oldestFirst(), nanos, wallClock),
				this.ended.view(nanos, wallClock));
	}

	/** Do what the present state calls for. The last step of every event. */
	private void proceed(long now) {
		if (this.state == QueueState.RUNNING || this.state == QueueState.TERMINATING) {
			this.fleet.staff(workersWanted(), now);
			dispatch(now);
			endIfDrained(now);
		}
	}

	private int workersWanted() {
		if (this.state == QueueState.RUNNING) {
			return this.settings.limits().workerCount();
		}
		return (int) Math.min(this.settings.limits().workerCount(), this.tasks.waiting() + this.fleet.tasksServed());
	}

	private void dispatch(long now) {
		while (!this.paused) {
			Worker worker = this.fleet.firstIdle();
			PoolTask task = (worker != null) ? this.tasks.next() : null;
			if (worker == null || task == null) {
				return;
			}
			send(task, worker, now);
		}
	}

	private void send(PoolTask task, Worker worker, long now) {
		this.fleet.busy(worker);
		this.wear.busy(now);
		task.slot = worker.nextSlot();
		this.tasks.started(task, worker, now);
		worker.inFlight.addLast(task);
		if (task.spec.limits().first() > 0) {
			task.limits = new RunLimits(task, worker, this.timers, this.fleet, this.effects);
			task.limits.begin(now);
		}
		this.effects.send(worker.id, task);
		this.effects.notice(new Notice.TaskStarted(task.handle, task.attempt, worker.pid, task.waited(now)));
	}

	private void cancelRunning(PoolTask task, long now) {
		Worker worker = workerOf(task);
		if (worker.phase == Worker.Phase.DYING) {
			task.cancelled = true; // decided already, unless the task had not begun
			return;
		}
		if (this.effects.recall(worker.id, task)) {
			worker.inFlight.remove(task);
			this.tasks.finish(task, new Outcome.Cancelled("before it had begun"), now);
			this.fleet.idle(worker);
			return;
		}
		this.fleet.kill(worker, new EndReason(WorkerExit.CANCELLED, task.handle + " was cancelled"), (other,
				report) -> (other == task) ? new Outcome.Cancelled("while it ran") : new Outcome.Crashed(report), now);
	}

	/** A worker says how a task ended. */
	private void settle(int id, long taskId, Outcome outcome, boolean fatal, long now) {
		Worker worker = this.fleet.find(id);
		if (worker == null || worker.ending == Worker.Ending.KILLED) {
			return; // decided already; its claim is settled when its end is confirmed
		}
		PoolTask task = worker.inFlight.peekFirst();
		if (task == null || task.id() != taskId) {
			corrupt(id, "an outcome of task " + taskId + ", which it was not given", now);
			return;
		}
		if (!task.callable && outcome instanceof Outcome.Succeeded succeeded && succeeded.payload().length > 0) {
			corrupt(id, "a result of task " + taskId + ", which has none", now);
			return;
		}
		worker.inFlight.removeFirst();
		this.fleet.served(worker);
		attempted(task, (task.limits != null) ? task.limits.judge(outcome) : outcome, now);
		if (worker.phase != Worker.Phase.SERVING) {
			proceed(now); // these were its last words
			return;
		}
		if (fatal) {
			this.fleet.recycle(worker, FATAL, this.fleet.goodbyeBy(now));
		}
		else if (worker.hasReachedLimit()) {
			this.fleet.recycle(worker, SERVED, this.fleet.goodbyeBy(now));
		}
		else if (this.wear.isSpent(worker, now) && worker.wornOut != null) {
			this.fleet.recycle(worker, worker.wornOut, this.fleet.goodbyeBy(now));
		}
		else {
			this.fleet.idle(worker);
		}
		proceed(now);
	}

	/** An attempt has ended: final, or to be followed by another. */
	private void attempted(PoolTask task, Outcome outcome, long now) {
		TaskSpec.Retry retry = task.spec.retry();
		if (task.cancelled || this.state != QueueState.RUNNING || !retry.follows(task.attempt, outcome)) {
			this.tasks.finish(task, outcome, now);
			return;
		}
		long backoff = retry.backoffAfter(task.attempt, this.jitter);
		this.effects.notice(new Notice.TaskRetried(task.handle, outcome, workerOf(task).pid, task.attempt,
				task.waited(now), now - task.startedAt, backoff));
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

	/** A worker ended with this task. */
	private void abandoned(PoolTask task, Worker worker, CrashReport report, long now) {
		// Not begun, but too often: it may be what ends the workers
		if (task.begun || ++task.returns > MOST_RETURNS) {
			attempted(task, worker.verdict.on(task, report), now);
		}
		else if (task.cancelled) {
			this.tasks.finish(task, new Outcome.Cancelled("before it had begun"), now);
		}
		else {
			this.tasks.returned(task);
		}
	}

	private void endIfDrained(long now) {
		Termination ending = this.termination;
		if (ending == null || this.state != QueueState.TERMINATING || !this.tasks.isDrained()) {
			return;
		}
		long killAt = Math.max(ending.deadline, now + LAST_GRACE);
		for (Worker worker : this.fleet.oldestFirst()) {
			switch (worker.phase) {
				case STARTING -> this.fleet.dismiss(worker, EndReason.TERMINATED, now);
				case STANDBY, SERVING ->
					this.fleet.recycle(worker, EndReason.TERMINATED, Math.min(killAt, this.fleet.goodbyeBy(now)));
				case STOPPING, DYING -> {
					// On its way
				}
			}
		}
		if (this.fleet.isEmpty()) {
			this.timers.cancel(ending.timer);
			this.fleet.reset();
			this.termination = null;
			this.tasks.termination(null, now);
			this.state = QueueState.TERMINATED;
			this.effects.terminated(ending.cancelled);
		}
	}

	private @Nullable PoolTask running(int id, long taskId) {
		Worker worker = this.fleet.find(id);
		PoolTask task = (worker != null) ? worker.inFlight.peekFirst() : null;
		return (task != null && task.id() == taskId) ? task : null;
	}

	private static Worker workerOf(PoolTask task) {
		if (task.worker == null) {
			throw new IllegalStateException(task.handle + " runs nowhere");
		}
		return task.worker;
	}

}
