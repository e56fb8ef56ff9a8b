package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Where every task is, and the only place where one changes its state: not due, waiting,
 * running, final. Keeps the counts, those of the gate too. Knows workers only as what a
 * task is with. Owned by the supervisor.
 */
final class TaskLedger {

	/** What becomes of the tasks a termination does not wait for. */
	static final Outcome BY_TERMINATION = new Outcome.Cancelled("when its queue was terminated");

	private final Gate gate;

	private final Timers timers;

	private final Effects effects;

	/** Called after a timer has moved a task. */
	private final LongConsumer moved;

	/** Takes a task back that was sent ahead; false if it has begun. */
	private final Predicate<PoolTask> takeBack;

	private final Backlog backlog = new Backlog();

	private final TaskList notDue = new TaskList();

	private final Tally tally = new Tally();

	/** Tasks that wait with a worker. */
	private int ahead;

	private @Nullable Termination termination;

	TaskLedger(Gate gate, Timers timers, Effects effects, LongConsumer moved, Predicate<PoolTask> takeBack) {
		this.takeBack = takeBack;
		this.gate = gate;
		this.timers = timers;
		this.effects = effects;
		this.moved = moved;
	}

	/** A task has passed the gate. */
	void added(PoolTask task, long now) {
		if (task.spec.delay() == 0) {
			await(task, task.waitingSince);
			return;
		}
		this.tally.delayed++;
		if (this.termination != null) {
			finish(task, BY_TERMINATION, now);
		}
		else {
			delayUntil(task, task.waitingSince + task.spec.delay());
		}
	}

	/** Cancel a task that does not run and was not sent ahead. */
	void cancel(PoolTask task, long now) {
		if (task.handle.state() == TaskState.DELAYED) {
			this.notDue.remove(task);
			finish(task, new Outcome.Cancelled("before it was due"), now);
		}
		else {
			this.backlog.remove(task);
			finish(task, new Outcome.Cancelled("while it waited"), now);
		}
	}

	/** The task whose turn it is. */
	@Nullable PoolTask peek() {
		return this.backlog.peek();
	}

	/** The task whose turn it is, which then is no longer in the backlog. */
	@Nullable PoolTask next() {
		return this.backlog.poll();
	}

	/** A task is sent to a worker that has another one, and goes on waiting there. */
	void sentAhead() {
		this.ahead++;
	}

	/** A task that was sent ahead is the next one there. */
	void promoted(PoolTask task, long now) {
		this.ahead--;
		started(task, now);
	}

	/** A task that was sent ahead is taken back, and keeps its turn. */
	void takenBack(PoolTask task) {
		task.placement = null;
		this.ahead--;
		this.backlog.addInTurn(task);
	}

	/** A task that is with a worker, and was not counted as sent ahead, runs there. */
	void started(PoolTask task, long now) {
		this.timers.cancel(task.timer);
		task.timer = null;
		task.attempt++;
		task.placed().startedAt = now;
		task.handle.move(TaskState.RUNNING);
		this.gate.leaveWaiting();
		this.tally.started(task.waited(now));
	}

	/** A task comes back from a worker that had not begun it, and keeps its turn. */
	void returned(PoolTask task) {
		leaveRunning(task, TaskState.WAITING);
		task.attempt--;
		this.backlog.addInTurn(task);
		limitWaiting(task);
	}

	/** What has come back while nothing is waited for any more ends. */
	void finishUnwanted(long now) {
		if (this.termination != null && this.termination.cancelsWaiting) {
			finishWaiting(BY_TERMINATION, now);
		}
	}

	/** A task is to be attempted again. */
	void retry(PoolTask task, long backoff, long now) {
		task.ranBefore += now - task.placed().startedAt;
		leaveRunning(task, TaskState.DELAYED);
		this.tally.delayed++;
		delayUntil(task, now + backoff);
	}

	/** The one place where a task becomes final. */
	void finish(PoolTask task, Outcome outcome, long now) {
		this.timers.cancel(task.timer);
		task.timer = null;
		TaskState from = task.handle.state();
		if (from != TaskState.RUNNING) {
			this.gate.leaveWaiting();
		}
		if (this.termination != null && outcome == BY_TERMINATION) {
			this.termination.cancelled++;
		}
		this.gate.finished();
		Worker worker = task.worker();
		long pid = (worker != null) ? worker.pid : -1;
		long ran = (from == TaskState.RUNNING) ? now - task.placed().startedAt : 0;
		long waited = task.waited(now);
		this.tally.finished(from, outcome.state(), task.ranBefore + ran);
		task.release();
		task.handle.finish(outcome);
		this.effects.notice(new Notice.TaskFinished(task.handle, outcome, pid, task.attempt, waited, ran));
	}

	/** Everything in the backlog ends like this. */
	void finishWaiting(Outcome outcome, long now) {
		for (PoolTask task = this.backlog.poll(); task != null; task = this.backlog.poll()) {
			finish(task, outcome, now);
		}
	}

	/** A termination has begun, or {@code null}: is over. */
	void termination(@Nullable Termination termination, long now) {
		this.termination = termination;
		if (termination == null) {
			return;
		}
		for (PoolTask task = this.notDue.peekFirst(); task != null; task = this.notDue.peekFirst()) {
			this.notDue.remove(task);
			finish(task, BY_TERMINATION, now);
		}
		if (termination.cancelsWaiting) {
			finishWaiting(BY_TERMINATION, now);
		}
	}

	boolean isDrained() {
		return this.gate.isDrained();
	}

	/** Tasks in the backlog. */
	long waiting() {
		return this.backlog.size();
	}

	/** Tasks that run. */
	long running() {
		return this.tally.running;
	}

	/** Tasks that wait with a worker, behind another one. */
	int ahead() {
		return this.ahead;
	}

	TaskQueueSnapshot snapshot(String name, QueueState state, List<WorkerSnapshot> workers, EndedWorkers.View gone) {
		return this.tally.snapshot(name, state, this.backlog.size() + this.ahead, workers, gone);
	}

	private void leaveRunning(PoolTask task, TaskState next) {
		this.timers.cancel(task.timer);
		task.timer = null;
		task.placement = null;
		task.handle.move(next);
		this.tally.running--;
		this.gate.waitAgain();
	}

	private void delayUntil(PoolTask task, long dueAt) {
		this.notDue.addLast(task);
		task.timer = this.timers.at(dueAt, (then) -> due(task, then));
	}

	private void await(PoolTask task, long since) {
		task.waitingSince = since;
		if (this.termination != null && this.termination.cancelsWaiting) {
			finish(task, BY_TERMINATION, since);
			return;
		}
		this.backlog.addLast(task);
		limitWaiting(task);
	}

	private void limitWaiting(PoolTask task) {
		long limit = task.spec.queueTimeout();
		if (limit > 0) {
			task.timer = this.timers.at(task.waitingSince + limit, (then) -> {
				if (!this.takeBack.test(task)) {
					task.timer = null; // it has begun in time, and will be seen to
					return;
				}
				this.backlog.remove(task);
				finish(task, new Outcome.TimedOut(TimeLimit.QUEUE_TIMEOUT, Duration.ofNanos(limit), null), then);
				this.moved.accept(then);
			});
		}
	}

	private void due(PoolTask task, long now) {
		this.notDue.remove(task);
		this.tally.delayed--;
		task.timer = null;
		task.handle.move(TaskState.WAITING);
		await(task, now);
		this.moved.accept(now);
	}

}
