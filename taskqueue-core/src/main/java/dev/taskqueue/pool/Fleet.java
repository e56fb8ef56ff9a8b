package dev.taskqueue.pool;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.WorkerExit;
import org.jspecify.annotations.Nullable;

/**
 * The workers, and when to launch, promote, recycle and kill one. Knows nothing of queues
 * of tasks. Owned by the supervisor.
 * <p>
 * At most {@code worker-count} workers serve. Where they are recycled, a successor is
 * launched when the end of one is near, waits in STANDBY, and takes its place; so there
 * are at most {@code worker-count + max(1, worker-count / 4)} processes.
 */
final class Fleet {

	/** How long a worker that was told to leave may take. */
	static final long GOODBYE_GRACE = 2_000_000_000L;

	/** How long its context may take to close, if it has one. */
	static final long CONTEXT_GRACE = 5_000_000_000L;

	/** How long before the startup-timeout a start is asked where it is. */
	static final long ASK_BEFORE = 500_000_000L;

	/** How long a kill may take to show before it is done again. */
	static final long KILL_AGAIN = 5_000_000_000L;

	private static final EndReason SLOW_START = new EndReason(WorkerExit.START_FAILED,
			"it was not ready within the startup-timeout");

	private final int workerCount;

	private final int maxProcesses;

	private final int requestsPerWorker;

	private final long startupTimeout;

	private final boolean hasContext;

	private final int startsAtOnce;

	private final IntUnaryOperator jitter;

	private final Timers timers;

	private final Effects effects;

	private final Launches launches;

	private final Map<Integer, Worker> workers = new LinkedHashMap<>();

	/** Serving and without a task; the one that waits longest is first. */
	private final ArrayDeque<Worker> idle = new ArrayDeque<>();

	private int lastId;

	/**
	 * Create an empty fleet.
	 * @param settings the queue's settings
	 * @param startsAtOnce how many workers may be starting at the same time
	 * @param jitter a random number from 0 to below its argument
	 * @param timers the pool's timers
	 * @param effects the world
	 */
	Fleet(PoolSettings settings, int startsAtOnce, IntUnaryOperator jitter, Timers timers, Effects effects) {
		this.workerCount = settings.limits().workerCount();
		this.maxProcesses = settings.limits().maxProcesses();
		this.requestsPerWorker = settings.limits().requestsPerWorker();
		this.startupTimeout = TaskSpec.nanos(settings.worker().startupTimeout());
		this.hasContext = settings.beans().context() != null;
		this.startsAtOnce = startsAtOnce;
		this.jitter = jitter;
		this.timers = timers;
		this.effects = effects;
		this.launches = new Launches(timers);
	}

	/** Launch what is missing and promote who is ready. */
	void staff(int wanted, long now) {
		handOver(now);
		promote();
		int starting = count(Worker.Phase.STARTING);
		int staffed = starting + count(Worker.Phase.STANDBY) + count(Worker.Phase.SERVING) + lost();
		int needed = Math.min(wanted, this.workerCount);
		int target = needed + ((wanted >= this.workerCount) ? successors() : 0);
		if (starting > 0) {
			hurry(needed);
		}
		while (staffed < target && !this.launches.arePutOff() && this.workers.size() < this.maxProcesses
				&& count(Worker.Phase.STARTING) < this.startsAtOnce) {
			launch(now, staying(this.launches.duration()) >= needed);
			staffed++;
		}
	}

	/** A worker has finished a task. */
	void served(Worker worker) {
		worker.served++;
		this.launches.used();
	}

	/**
	 * A worker that was ready has ended by itself. Where that happens again and again
	 * with none of them used, the next launch is put off, longer each time; a task that
	 * ends its worker holds up nobody, as no more are launched than tasks ask for.
	 */
	void lostWhileIdle(Worker worker, long now, LongConsumer retry) {
		if (worker.served == 0 && worker.inFlight.isEmpty()) {
			this.launches.unused(this.workerCount, now, retry);
		}
	}

	@Nullable Worker find(int id) {
		return this.workers.get(id);
	}

	boolean isEmpty() {
		return this.workers.isEmpty();
	}

	int size() {
		return this.workers.size();
	}

	/** All of them, oldest first. For those who do not change the fleet meanwhile. */
	Collection<Worker> all() {
		return this.workers.values();
	}

	/** Whether no worker can take a task and the last launches failed. */
	boolean isHopeless(int afterFailures) {
		return this.launches.failures() >= afterFailures && this.workers.values().stream().noneMatch((w) -> w.wasReady);
	}

	/** Tasks with workers that can finish them. */
	int tasksServed() {
		int tasks = 0;
		for (Worker worker : this.workers.values()) {
			tasks += (worker.phase == Worker.Phase.SERVING) ? worker.inFlight.size() : 0;
		}
		return tasks;
	}

	/**
	 * The worker to get the next task; the same one until {@link #busy} or its end. The
	 * one with the fewest tasks left to serve: by turns, all would reach their limits
	 * together, and there is not a successor for each.
	 */
	@Nullable Worker firstIdle() {
		Worker first = this.idle.peekFirst();
		if (first == null || this.requestsPerWorker == 0) {
			return first;
		}
		for (Worker worker : this.idle) {
			first = (worker.left() < first.left()) ? worker : first;
		}
		return first;
	}

	void busy(Worker worker) {
		this.idle.remove(worker);
	}

	void idle(Worker worker) {
		if (worker.phase == Worker.Phase.SERVING) {
			this.idle.addLast(worker);
		}
	}

	void ready(Worker worker, long now) {
		this.timers.cancel(worker.timer);
		worker.timer = null;
		worker.wasReady = true;
		worker.phase = Worker.Phase.STANDBY;
		hurry(worker);
		long took = now - worker.launchedAt;
		this.launches.succeeded(took);
		this.effects.notice(new Notice.WorkerReady(worker.pid, took));
		promote();
	}

	/** Ask a worker without a task to leave. */
	void recycle(Worker worker, EndReason why, long killAt) {
		leave(worker, Worker.Phase.STOPPING);
		worker.ending = Worker.Ending.DISMISSED;
		worker.endReason = why;
		EndReason late = new EndReason(why.exit(), "it did not leave in time");
		worker.timer = this.timers.at(killAt, (now) -> dismiss(worker, late, now));
		this.effects.notice(new Notice.WorkerRecycled(worker.pid, why.text(), worker.served));
		this.effects.stop(worker.id);
	}

	/** Until when a worker that is told to leave now has time. */
	long goodbyeBy(long now) {
		return now + GOODBYE_GRACE + (this.hasContext ? CONTEXT_GRACE : 0);
	}

	/** End a worker by force. Its tasks get their verdict when its end is confirmed. */
	void kill(Worker worker, EndReason why, Worker.Verdict verdict, long now) {
		if (worker.phase != Worker.Phase.DYING) {
			worker.endReason = why;
			this.effects.notice(new Notice.WorkerKilled(worker.pid, why.text()));
			end(worker, Worker.Ending.KILLED, verdict, now);
		}
	}

	/** End a worker by force that has no task and is not needed any more. */
	void dismiss(Worker worker, EndReason why, long now) {
		if (worker.phase != Worker.Phase.DYING) {
			worker.endReason = why;
			this.effects.notice(new Notice.WorkerDismissed(worker.pid, why.text()));
			end(worker, Worker.Ending.DISMISSED, Worker.Verdict.CRASHED, now);
		}
	}

	/** Give a worker whose channel has ended a moment to end by itself, then kill it. */
	void lost(Worker worker, long killAt) {
		if (worker.phase != Worker.Phase.DYING && worker.phase != Worker.Phase.STOPPING) {
			leave(worker, Worker.Phase.DYING);
			worker.timer = this.timers.at(killAt, (now) -> killWithoutChannel(worker, now));
		}
	}

	private void killWithoutChannel(Worker worker, long now) {
		String why = "its channel ended, and it lived on";
		this.effects.notice(new Notice.WorkerKilled(worker.pid, why));
		worker.ending = Worker.Ending.KILLED;
		worker.endReason = new EndReason(WorkerExit.CHANNEL_CORRUPT, why);
		// The signal was ours, if it was one; what it did by itself meanwhile stays its
		// own
		worker.verdict = (task, report) -> new Outcome.Crashed(
				(report.reason() == CrashReason.KILLED) ? report.because(CrashReason.CHANNEL_CORRUPT, why) : report);
		killUntilGone(worker, now);
	}

	/** A process has ended. */
	void gone(Worker worker) {
		this.timers.cancel(worker.timer);
		this.idle.remove(worker);
		this.workers.remove(worker.id);
	}

	/** A process ended before it was ready: put off the next launch, longer each time. */
	void launchFailed(CrashReport report, long now, LongConsumer retry) {
		long delay = this.launches.failed(now, retry);
		this.effects.notice(new Notice.LaunchFailed(report, this.launches.failures(), delay));
	}

	/** Forget past failures: somebody starts the queue anew. */
	void reset() {
		this.launches.reset();
	}

	/** A copy: what is done to a worker may change the fleet. */
	List<Worker> oldestFirst() {
		return List.copyOf(this.workers.values());
	}

	private void launch(long now, boolean ahead) {
		Worker worker = new Worker(++this.lastId, limit(), now);
		worker.ahead = ahead;
		this.workers.put(worker.id, worker);
		long deadline = now + this.startupTimeout;
		if (ahead) {
			// Where others never leave anything it would not be ready in time
			worker.timer = this.timers.at(now + this.startupTimeout / 4, (then) -> {
				hurry(worker);
				limitStart(worker, deadline);
			});
		}
		else {
			limitStart(worker, deadline);
		}
		this.effects.launch(worker.id, ahead);
	}

	/** Those launched ahead who are needed by now. */
	private void hurry(int needed) {
		int missing = needed - staying(0);
		for (Worker worker : this.workers.values()) {
			if (missing > 0 && worker.ahead) {
				hurry(worker);
				missing--;
			}
		}
	}

	private void hurry(Worker worker) {
		if (worker.ahead) {
			worker.ahead = false;
			this.effects.hurry(worker.id);
		}
	}

	/** Those who serve that long from now, as far as one can tell, or then do. */
	private int staying(long nanos) {
		int count = lost();
		for (Worker worker : this.workers.values()) {
			count += switch (worker.phase) {
				case STARTING -> worker.ahead ? 0 : 1;
				case STANDBY -> 1;
				case SERVING -> worker.reachesLimitWithin(nanos) ? 0 : 1;
				case STOPPING, DYING -> 0;
			};
		}
		return count;
	}

	private void limitStart(Worker worker, long deadline) {
		if (this.hasContext) {
			worker.timer = this.timers.at(deadline - Math.min(ASK_BEFORE, this.startupTimeout / 4), (then) -> {
				this.effects.dumpStart(worker.id);
				killUnlessReady(worker, deadline);
			});
		}
		else {
			killUnlessReady(worker, deadline);
		}
	}

	private void killUnlessReady(Worker worker, long deadline) {
		worker.timer = this.timers.at(deadline, (then) -> kill(worker, SLOW_START, Worker.Verdict.CRASHED, then));
	}

	private int limit() {
		int limit = this.requestsPerWorker;
		return (limit > 100) ? limit - this.jitter.applyAsInt(limit / 10 + 1) : limit;
	}

	/** Worn-out workers leave, if somebody is there to take their place. */
	private void handOver(long now) {
		int successors = count(Worker.Phase.STANDBY);
		if (successors == 0) {
			return;
		}
		for (Worker worker : List.copyOf(this.idle)) {
			if (worker.wornOut != null && successors > 0) {
				recycle(worker, worker.wornOut, goodbyeBy(now));
				successors--;
			}
		}
	}

	private void promote() {
		int serving = count(Worker.Phase.SERVING);
		for (Worker worker : this.workers.values()) {
			if (serving < this.workerCount && worker.phase == Worker.Phase.STANDBY) {
				worker.phase = Worker.Phase.SERVING;
				this.idle.addLast(worker);
				serving++;
			}
		}
	}

	private int successors() {
		int near = 0;
		for (Worker worker : this.workers.values()) {
			if (worker.phase == Worker.Phase.SERVING && worker.isRetiringWithin(2 * this.launches.duration())) {
				near++;
			}
		}
		return near;
	}

	private void end(Worker worker, Worker.Ending ending, Worker.Verdict verdict, long now) {
		leave(worker, Worker.Phase.DYING);
		worker.ending = ending;
		worker.verdict = verdict;
		killUntilGone(worker, now);
	}

	/** A kill can fail where the machine has no thread or process left for it. */
	private void killUntilGone(Worker worker, long now) {
		worker.timer = this.timers.at(now + KILL_AGAIN, (then) -> killUntilGone(worker, then));
		this.effects.kill(worker.id);
	}

	private void leave(Worker worker, Worker.Phase phase) {
		this.timers.cancel(worker.timer);
		worker.timer = null;
		worker.ahead = false;
		this.idle.remove(worker);
		worker.phase = phase;
	}

	/**
	 * Workers whose channel has ended and whose process has not: only its end tells
	 * whether the next launch is to be put off.
	 */
	private int lost() {
		int count = 0;
		for (Worker worker : this.workers.values()) {
			if (worker.phase == Worker.Phase.DYING && worker.ending == Worker.Ending.ITS_OWN) {
				count++;
			}
		}
		return count;
	}

	private int count(Worker.Phase phase) {
		int count = 0;
		for (Worker worker : this.workers.values()) {
			if (worker.phase == phase) {
				count++;
			}
		}
		return count;
	}

}
