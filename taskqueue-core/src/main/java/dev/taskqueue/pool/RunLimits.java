package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerExit;

import org.jspecify.annotations.Nullable;

/**
 * The limits of one attempt while it runs. One timer at a time, the attempt's own:
 *
 * <pre>
 * soft timeout: interrupt ─▶ (grace, or timeout if that comes first) ask for the stack ─▶ kill
 * timeout only:                                                      ask for the stack ─▶ kill
 * </pre>
 *
 * The stack is asked for a little before the kill, so that the kill waits for nothing.
 * Owned by the supervisor.
 */
final class RunLimits {

	/** How long before a kill the worker is asked where the task is. */
	static final long STACK_LEAD = 200_000_000L;

	private final PoolTask task;

	private final Worker worker;

	private final Dispatch dispatch;

	private final Timers timers;

	private final Fleet fleet;

	private final Effects effects;

	private boolean interrupted;

	private boolean asked;

	private @Nullable String stack;

	/** Whether its end was put off for an outcome that must be there already. */
	private boolean putOff;

	RunLimits(PoolTask task, Worker worker, Dispatch dispatch, Timers timers, Fleet fleet, Effects effects) {
		this.task = task;
		this.worker = worker;
		this.dispatch = dispatch;
		this.timers = timers;
		this.fleet = fleet;
		this.effects = effects;
	}

	void begin(long now) {
		TaskSpec.Limits limits = this.task.spec.limits();
		if (limits.hasSoftTimeout()) {
			this.task.timer = this.timers.at(now + limits.softTimeout(), this::interrupt);
		}
		else {
			killAt(now + limits.timeout(), TimeLimit.TIMEOUT, now);
		}
	}

	/** The worker says where the task is. */
	void stack(String text) {
		if (this.asked) {
			this.stack = text;
		}
	}

	/** What an end that the worker reports counts as: after the interrupt it is late. */
	Outcome judge(Outcome reported) {
		if (!this.interrupted) {
			return reported;
		}
		String trace = (reported instanceof Outcome.Failed failed) ? failed.trace() : null;
		return timedOut(TimeLimit.SOFT_TIMEOUT, trace);
	}

	private void interrupt(long now) {
		TaskSpec.Limits limits = this.task.spec.limits();
		this.interrupted = true;
		this.effects.interrupt(this.worker.id, this.task);
		long graceEnd = now + limits.grace();
		long timeoutEnd = this.task.placed().startedAt + limits.timeout();
		if (limits.timeout() > 0 && timeoutEnd - graceEnd < 0) {
			killAt(timeoutEnd, TimeLimit.TIMEOUT, now);
		}
		else {
			killAt(graceEnd, TimeLimit.SOFT_TIMEOUT, now);
		}
	}

	private void killAt(long deadline, TimeLimit limit, long now) {
		long lead = Math.min(STACK_LEAD, (deadline - now) / 2);
		this.task.timer = this.timers.at(deadline - lead, (then) -> {
			this.asked = true;
			this.effects.dump(this.worker.id, this.task);
			this.task.timer = this.timers.at(deadline, (last) -> kill(limit, last));
		});
	}

	private void kill(TimeLimit limit, long now) {
		this.task.timer = null;
		if (!this.dispatch.isolate(this.worker) && !this.putOff) {
			this.putOff = true;
			this.task.timer = this.timers.at(now + Settlement.ON_ITS_WAY, (then) -> kill(limit, then));
			return;
		}
		String why = (limit == TimeLimit.SOFT_TIMEOUT)
				? "did not end within its grace of " + Duration.ofNanos(this.task.spec.limits().grace())
						+ " after its soft timeout"
				: "reached its timeout of " + Duration.ofNanos(this.task.spec.limits().timeout());
		this.fleet.kill(this.worker, new EndReason(WorkerExit.TIMEOUT, this.task.handle + " " + why),
				(other, report) -> (other == this.task) ? timedOut(limit, this.stack) : new Outcome.Crashed(report),
				now);
	}

	private Outcome timedOut(TimeLimit limit, @Nullable String trace) {
		TaskSpec.Limits limits = this.task.spec.limits();
		long length = (limit == TimeLimit.SOFT_TIMEOUT) ? limits.softTimeout() : limits.timeout();
		return new Outcome.TimedOut(limit, Duration.ofNanos(length), trace);
	}

}
