package dev.taskqueue.pool;

import java.time.Instant;
import java.util.function.IntUnaryOperator;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerExit;
import dev.taskqueue.wire.Frame;
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

	/** How long a worker that closed its channel may take to end. */
	static final long LOST_GRACE = 1_000_000_000L;

	/**
	 * How long idle workers may take to leave when a termination is over its deadline.
	 */
	static final long LAST_GRACE = 500_000_000L;

	private final PoolSettings settings;

	private final Effects effects;

	private final Timers timers = new Timers();

	private final Fleet fleet;

	private final Wear wear;

	private final TaskLedger tasks;

	private final Dispatch dispatch;

	private final Settlement settlement;

	private QueueState state = QueueState.CREATED;

	private boolean paused;

	/** Set by a termination: its deadline, and what has become of it. */
	private @Nullable Termination termination;

	PoolDecisions(PoolSettings settings, Gate gate, int startsAtOnce, IntUnaryOperator jitter, Effects effects) {
		this.settings = settings;
		this.effects = effects;
		this.tasks = new TaskLedger(gate, this.timers, effects, this::proceed, this::takeBack);
		this.fleet = new Fleet(settings, startsAtOnce, jitter, this.timers, effects);
		this.wear = new Wear(settings.worker(), this.fleet, this.timers, effects, jitter);
		this.dispatch = new Dispatch(this.fleet, this.wear, this.tasks, this.timers, effects);
		this.settlement = new Settlement(this.fleet, this.wear, this.tasks, this.dispatch,
				new Settlement.World(this.timers, effects, jitter, this::proceed));
	}

	// The queue

	void start(long now) {
		if (this.state == QueueState.CREATED || this.state == QueueState.TERMINATED) {
			this.state = QueueState.RUNNING;
			this.settlement.retries(true);
			this.fleet.reset();
			this.settlement.endedWorkers().forgetFailedLaunch();
		}
	}

	void pause() {
		// A termination is not to be held up, nor the next start to begin paused
		this.paused = this.state == QueueState.CREATED || this.state == QueueState.RUNNING;
		if (this.paused) {
			this.dispatch.takeAllBack();
		}
	}

	void resume() {
		this.paused = false;
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
		this.settlement.retries(false);
		this.paused = false;
		ending.timer = this.timers.at(deadline, this::expire);
		this.tasks.termination(ending, now);
	}

	/** The deadline of the termination is reached, or nobody wants to wait for it. */
	void expire(long now) {
		Termination ending = this.termination;
		if (ending == null || this.state != QueueState.TERMINATING) {
			return;
		}
		ending.cancelsWaiting = true;
		this.dispatch.takeAllBack();
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
	}

	// Tasks

	void added(PoolTask task, long now) {
		this.tasks.added(task, now);
	}

	void cancel(PoolTask task, long now) {
		switch (task.handle.state()) {
			case DELAYED, WAITING -> cancelWaiting(task, now);
			case RUNNING -> this.settlement.cancelRunning(task, now);
			case SUCCEEDED, FAILED, TIMED_OUT, CRASHED, CANCELLED -> {
				// It was faster
			}
		}
	}

	private void cancelWaiting(PoolTask task, long now) {
		if (takeBack(task)) {
			this.tasks.cancel(task, now);
		}
		else {
			task.cancelled = true; // it has begun, and what was before it is over
		}
	}

	private boolean takeBack(PoolTask task) {
		return this.dispatch.takeBack(task);
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
			this.settlement.endedWorkers().forgetFailedLaunch();
			this.wear.ready(worker, now, this::proceed);
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
		RunLimits limits = (task != null) ? task.placed().limits : null;
		if (limits != null) {
			limits.stack(stack.text());
		}
	}

	/** A task says how far it is. */
	void progress(int id, Frame.Progress progress) {
		PoolTask task = running(id, progress.task());
		if (task != null) {
			task.placed().progress = new TaskProgress(progress.fraction(), progress.message());
		}
	}

	/** A worker wrote what no worker writes. */
	void corrupt(int id, String what, long now) {
		Worker worker = this.fleet.find(id);
		if (worker != null) {
			this.settlement.corrupt(worker, what, now);
		}
	}

	/** A worker's channel has ended. */
	void disconnected(int id, long now) {
		Worker worker = this.fleet.find(id);
		if (worker != null) {
			this.dispatch.takeBack(worker);
			this.fleet.lost(worker, now + LOST_GRACE);
		}
	}

	/** A worker's process has ended, and everything it had written was read. */
	void exited(int id, ProcessEnd end, long now) {
		Worker worker = this.fleet.find(id);
		if (worker != null) {
			this.settlement.exited(worker, end, now);
		}
	}

	void tick(long now) {
		this.timers.runDue(now);
	}

	boolean isTerminated() {
		return this.state == QueueState.TERMINATED;
	}

	/** Whether there are tasks that run. */
	boolean hasRunning() {
		return this.tasks.running() > 0;
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
				this.settlement.endedWorkers().view(nanos, wallClock));
	}

	/**
	 * Do what the present state calls for. The last step after an event, or after several
	 * that came at once.
	 */
	void proceed(long now) {
		if (this.state == QueueState.RUNNING || this.state == QueueState.TERMINATING) {
			this.fleet.staff(workersWanted(), now);
			if (!this.paused) {
				this.dispatch.run(now);
			}
			endIfDrained(now);
		}
	}

	private int workersWanted() {
		if (this.state == QueueState.RUNNING) {
			return this.settings.limits().workerCount();
		}
		return (int) Math.min(this.settings.limits().workerCount(), this.tasks.waiting() + this.fleet.tasksServed());
	}

	/** A worker says how a task ended. */
	private void settle(int id, long taskId, Outcome outcome, boolean fatal, long now) {
		Worker worker = this.fleet.find(id);
		// A killed one's fate is decided; its claims are settled when its end is
		// confirmed
		if (worker != null && worker.ending != Worker.Ending.KILLED) {
			this.settlement.settle(worker, taskId, outcome, fatal, now);
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

}
