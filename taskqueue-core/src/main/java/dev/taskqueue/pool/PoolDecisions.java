package dev.taskqueue.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.IntUnaryOperator;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeLimit;
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
 * again. Tasks that wait are in the {@link Backlog}, tasks that run are with their
 * {@link Worker}, tasks that are not due are in a list of their own.
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

	private static final Outcome BY_TERMINATION = new Outcome.Cancelled("when its queue was terminated");

	private final PoolSettings settings;

	private final Gate gate;

	private final Effects effects;

	private final Timers timers = new Timers();

	private final Backlog backlog = new Backlog();

	private final TaskList notDue = new TaskList();

	private final Fleet fleet;

	private final Tally tally = new Tally();

	private QueueState state = QueueState.CREATED;

	private boolean paused;

	/** Set by a termination: its deadline, and what has become of it. */
	private @Nullable Termination termination;

	PoolDecisions(PoolSettings settings, Gate gate, int startsAtOnce, IntUnaryOperator jitter, Effects effects) {
		this.settings = settings;
		this.gate = gate;
		this.effects = effects;
		this.fleet = new Fleet(settings, startsAtOnce, jitter, this.timers, effects);
	}

	// The queue

	void start(long now) {
		if (this.state == QueueState.CREATED || this.state == QueueState.TERMINATED) {
			this.state = QueueState.RUNNING;
			this.fleet.reset();
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
		cancelAll(this.notDue);
		if (ending.cancelsWaiting) {
			cancelBacklog();
		}
		proceed(now);
	}

	/** The deadline of the termination is reached, or nobody wants to wait for it. */
	void expire(long now) {
		Termination ending = this.termination;
		if (ending == null || this.state != QueueState.TERMINATING) {
			return;
		}
		ending.cancelsWaiting = true;
		cancelBacklog();
		for (Worker worker : this.fleet.oldestFirst()) {
			if (!worker.inFlight.isEmpty()) {
				this.fleet.kill(worker, "the queue was terminated before its task had finished",
						(task, report) -> BY_TERMINATION);
			}
			else if (worker.phase == Worker.Phase.STARTING || worker.phase == Worker.Phase.STOPPING) {
				this.fleet.dismiss(worker, "the queue was terminated");
			}
		}
		proceed(now);
	}

	// Tasks

	void added(PoolTask task, long now) {
		if (task.spec.delay() == 0) {
			await(task, task.addedAt);
		}
		else {
			this.tally.delayed++;
			if (this.termination != null) {
				finish(task, BY_TERMINATION, now);
			}
			else {
				this.notDue.addLast(task);
				task.timer = this.timers.at(task.addedAt + task.spec.delay(), (then) -> due(task, then));
			}
		}
		proceed(now);
	}

	void cancel(PoolTask task, long now) {
		switch (task.handle.state()) {
			case DELAYED -> {
				this.notDue.remove(task);
				finish(task, new Outcome.Cancelled("before it was due"), now);
			}
			case WAITING -> {
				this.backlog.remove(task);
				finish(task, new Outcome.Cancelled("while it waited"), now);
			}
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

	/** A worker wrote what no worker writes. */
	void corrupt(int id, String what, long now) {
		Worker worker = this.fleet.find(id);
		if (worker != null) {
			this.fleet.kill(worker, "its channel is corrupt: " + what,
					(task, report) -> new Outcome.Crashed(withReason(report, CrashReason.CHANNEL_CORRUPT)));
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
		if (!worker.wasReady && worker.ending != Worker.Ending.DISMISSED) {
			this.fleet.launchFailed(report, now, this::proceed);
			if (this.fleet.isHopeless(HOPELESS_AFTER)) {
				giveUpWaiting(report, now);
			}
		}
		else if (worker.wasReady && worker.ending == Worker.Ending.ITS_OWN) {
			this.effects.notice(new Notice.WorkerLost(report));
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
		return this.tally.snapshot(this.settings.name(), shown, this.backlog.size(),
				Views.of(this.fleet.oldestFirst(), nanos, wallClock));
	}

	private void await(PoolTask task, long since) {
		Termination ending = this.termination;
		if (ending != null && ending.cancelsWaiting) {
			finish(task, BY_TERMINATION, since);
			return;
		}
		this.backlog.addLast(task);
		limitWaiting(task, since);
	}

	private void limitWaiting(PoolTask task, long since) {
		long limit = task.spec.queueTimeout();
		if (limit > 0) {
			task.timer = this.timers.at(since + limit, (then) -> {
				this.backlog.remove(task);
				finish(task, new Outcome.TimedOut(TimeLimit.QUEUE_TIMEOUT, Duration.ofNanos(limit)), then);
				proceed(then);
			});
		}
	}

	private void due(PoolTask task, long now) {
		this.notDue.remove(task);
		this.tally.delayed--;
		task.timer = null;
		task.handle.move(TaskState.WAITING);
		await(task, now);
		proceed(now);
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
		return (int) Math.min(this.settings.limits().workerCount(), this.backlog.size() + this.fleet.tasksServed());
	}

	private void dispatch(long now) {
		while (!this.paused) {
			Worker worker = this.fleet.firstIdle();
			PoolTask task = (worker != null) ? this.backlog.poll() : null;
			if (worker == null || task == null) {
				return;
			}
			send(task, worker, now);
		}
	}

	private void send(PoolTask task, Worker worker, long now) {
		this.timers.cancel(task.timer);
		this.fleet.busy(worker);
		task.worker = worker;
		task.slot = worker.nextSlot();
		task.startedAt = now;
		task.handle.move(TaskState.RUNNING);
		this.gate.leaveWaiting();
		this.tally.running++;
		worker.inFlight.addLast(task);
		long limit = task.spec.timeout();
		task.timer = (limit > 0) ? this.timers.at(now + limit, (then) -> overran(task, worker, limit)) : null;
		this.effects.send(worker.id, task);
		this.effects.notice(new Notice.TaskStarted(task.handle, worker.pid));
	}

	private void overran(PoolTask task, Worker worker, long limit) {
		this.fleet.kill(worker, task.handle + " reached its timeout of " + Duration.ofNanos(limit),
				(other, report) -> (other == task) ? new Outcome.TimedOut(TimeLimit.TIMEOUT, Duration.ofNanos(limit))
						: new Outcome.Crashed(report));
	}

	private void cancelRunning(PoolTask task, long now) {
		Worker worker = workerOf(task);
		if (worker.phase == Worker.Phase.DYING) {
			task.cancelled = true; // decided already, unless the task had not begun
			return;
		}
		if (this.effects.recall(worker.id, task)) {
			worker.inFlight.remove(task);
			finish(task, new Outcome.Cancelled("before it had begun"), now);
			this.fleet.idle(worker);
			return;
		}
		this.fleet.kill(worker, task.handle + " was cancelled", (other, report) -> (other == task)
				? new Outcome.Cancelled("while it ran") : new Outcome.Crashed(report));
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
		worker.inFlight.removeFirst();
		worker.served++;
		finish(task, outcome, now);
		if (worker.phase != Worker.Phase.SERVING) {
			proceed(now); // these were its last words
			return;
		}
		if (fatal) {
			this.fleet.recycle(worker, "a task ended with an error that can poison a JVM", now + Fleet.GOODBYE_GRACE);
		}
		else if (worker.hasReachedLimit()) {
			this.fleet.recycle(worker, "requests-per-worker", now + Fleet.GOODBYE_GRACE);
		}
		else {
			this.fleet.idle(worker);
		}
		proceed(now);
	}

	/** A worker ended with this task. */
	private void abandoned(PoolTask task, Worker worker, CrashReport report, long now) {
		if (this.effects.claim(worker.id, task) != Claim.SENT) {
			finish(task, worker.verdict.on(task, report), now);
		}
		else if (++task.returns > MOST_RETURNS) {
			finish(task, worker.verdict.on(task, report), now); // it may be what ends
																// them
		}
		else if (task.cancelled) {
			finish(task, new Outcome.Cancelled("before it had begun"), now);
		}
		else {
			this.timers.cancel(task.timer);
			task.timer = null;
			task.worker = null;
			task.handle.move(TaskState.WAITING);
			this.tally.running--;
			this.gate.waitAgain();
			this.backlog.addFirst(task);
			limitWaiting(task, task.addedAt + task.spec.delay());
			if (this.termination != null && this.termination.cancelsWaiting) {
				cancelBacklog();
			}
		}
	}

	private void giveUpWaiting(CrashReport report, long now) {
		for (PoolTask task = this.backlog.poll(); task != null; task = this.backlog.poll()) {
			finish(task, new Outcome.Crashed(report), now);
		}
	}

	private void cancelBacklog() {
		for (PoolTask task = this.backlog.poll(); task != null; task = this.backlog.poll()) {
			finish(task, BY_TERMINATION, task.addedAt);
		}
	}

	private void cancelAll(TaskList list) {
		for (PoolTask task = list.peekFirst(); task != null; task = list.peekFirst()) {
			list.remove(task);
			finish(task, BY_TERMINATION, task.addedAt);
		}
	}

	/** The one place where a task becomes final. */
	private void finish(PoolTask task, Outcome outcome, long now) {
		this.timers.cancel(task.timer);
		task.timer = null;
		TaskState from = task.handle.state();
		if (from != TaskState.RUNNING) {
			this.gate.leaveWaiting();
		}
		this.tally.finished(from, outcome.state());
		if (this.termination != null && outcome == BY_TERMINATION) {
			this.termination.cancelled++;
		}
		this.gate.finished();
		long pid = (task.worker != null) ? task.worker.pid : -1;
		long ran = (from == TaskState.RUNNING) ? now - task.startedAt : 0;
		task.release();
		task.handle.finish(outcome);
		this.effects.notice(new Notice.TaskFinished(task.handle, outcome, pid, ran));
	}

	private void endIfDrained(long now) {
		Termination ending = this.termination;
		if (ending == null || this.state != QueueState.TERMINATING || !this.gate.isDrained()) {
			return;
		}
		long killAt = Math.max(ending.deadline, now + LAST_GRACE);
		for (Worker worker : this.fleet.oldestFirst()) {
			switch (worker.phase) {
				case STARTING -> this.fleet.dismiss(worker, "the queue was terminated");
				case STANDBY, SERVING ->
					this.fleet.recycle(worker, "the queue was terminated", Math.min(killAt, now + Fleet.GOODBYE_GRACE));
				case STOPPING, DYING -> {
					// On its way
				}
			}
		}
		if (this.fleet.isEmpty()) {
			this.timers.cancel(ending.timer);
			this.fleet.reset();
			this.termination = null;
			this.state = QueueState.TERMINATED;
			this.effects.terminated(ending.cancelled);
		}
	}

	private static Worker workerOf(PoolTask task) {
		if (task.worker == null) {
			throw new IllegalStateException(task.handle + " runs nowhere");
		}
		return task.worker;
	}

	private static CrashReport withReason(CrashReport report, CrashReason reason) {
		return new CrashReport(reason, report.pid(), report.exitCode(), report.signal(), report.uptime(),
				report.tasksServed(), report.stderrTail(), report.errorFileHead());
	}

	/** A termination under way. */
	private static final class Termination {

		final long deadline;

		/** What waits has no chance to run any more. */
		boolean cancelsWaiting;

		/** Tasks it has not let end by themselves. */
		long cancelled;

		Timers.@Nullable Timer timer;

		Termination(long deadline, boolean cancelsWaiting) {
			this.deadline = deadline;
			this.cancelsWaiting = cancelsWaiting;
		}

	}

}
