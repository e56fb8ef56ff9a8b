package dev.taskqueue.pool;

import dev.taskqueue.wire.TaskPage.Claim;
import org.jspecify.annotations.Nullable;

/**
 * Which worker gets which task, and when. A worker without one gets the first that waits.
 * Where tasks proved short, workers that have one are sent a few more ahead, which still
 * wait as far as anybody can see, and are taken back where they would wait for longer
 * than elsewhere: a worker has nothing to do, the task before them turns out long, one of
 * a higher priority comes. Owned by the supervisor.
 */
final class Dispatch {

	/** A task that runs for so long is long: nothing waits behind it. */
	static final long LONG = 2_000_000L;

	private final Fleet fleet;

	private final Wear wear;

	private final TaskLedger tasks;

	private final Timers timers;

	private final Effects effects;

	private final int slots;

	private final Pace pace;

	/** Set while there are tasks sent ahead whose wait must be looked at. */
	private Timers.@Nullable Timer patrol;

	Dispatch(Fleet fleet, Wear wear, TaskLedger tasks, Timers timers, Effects effects) {
		this.fleet = fleet;
		this.wear = wear;
		this.tasks = tasks;
		this.timers = timers;
		this.effects = effects;
		this.slots = effects.slots();
		this.pace = new Pace(wear.measuresMemory() ? 1 : Math.max(1, this.slots / 2));
	}

	/** Give the workers what they can take. */
	void run(long now) {
		for (Worker idle = this.fleet.firstIdle(); idle != null; idle = this.fleet.firstIdle()) {
			PoolTask task = (this.tasks.peek() != null || relieve()) ? this.tasks.next() : null;
			if (task == null) {
				return;
			}
			start(task, idle, now);
		}
		sendAhead(now);
	}

	/** A worker has ended the first of its tasks. */
	void ended(PoolTask task, Worker worker, long now) {
		worker.unread = worker.sentAfter(task.placed().slot, this.slots);
		long took = now - worker.headSince;
		worker.worked += took;
		this.pace.took(took);
	}

	/** The first of a worker's tasks has ended: the next one runs, if there is one. */
	@Nullable PoolTask promote(Worker worker, long now) {
		PoolTask head = worker.inFlight.peekFirst();
		this.effects.runs(worker.id, (head != null) ? head.id() : 0);
		if (head != null) {
			this.tasks.promoted(head, now);
			begins(head, worker, now);
		}
		return head;
	}

	/** Take back what a worker was sent ahead and has not begun. */
	void takeBack(Worker worker) {
		takeBack(worker, Integer.MAX_VALUE);
	}

	/** Take back what workers were sent ahead and have not begun. */
	void takeAllBack() {
		for (Worker worker : this.fleet.all()) {
			takeBack(worker);
		}
	}

	/** Take back what a worker has not begun, where its first task has just ended. */
	void takeEverythingBack(Worker worker) {
		while (!worker.inFlight.isEmpty() && takeBack(worker.inFlight.getLast())) {
			// The last ones first: if one has begun, so have those before it
		}
	}

	/**
	 * Take back a task that waits, where it was sent ahead.
	 * @return whether it was not begun, and now is with no worker
	 */
	boolean takeBack(PoolTask task) {
		Worker worker = task.worker();
		if (worker == null) {
			return true;
		}
		if (!this.effects.recall(worker.id, task)) {
			return false;
		}
		worker.inFlight.remove(task);
		this.tasks.takenBack(task);
		return true;
	}

	/**
	 * See to it that the end of a worker hits the task that runs and none besides.
	 * @return whether it would: if not, that task is over, and its outcome on its way
	 */
	boolean isolate(Worker worker) {
		takeBack(worker);
		PoolTask head = worker.inFlight.peekFirst();
		return worker.inFlight.size() <= 1 && (head == null || this.effects.claim(worker.id, head) != Claim.DONE);
	}

	private void start(PoolTask task, Worker worker, long now) {
		this.fleet.busy(worker);
		send(task, worker);
		this.effects.runs(worker.id, task.id());
		this.tasks.started(task, now);
		begins(task, worker, now);
	}

	private void send(PoolTask task, Worker worker) {
		task.placement = new Placement(worker, worker.nextSlot(this.slots));
		worker.inFlight.addLast(task);
		this.effects.send(worker.id, task);
	}

	private void begins(PoolTask task, Worker worker, long now) {
		worker.headSince = now;
		this.wear.busy(now);
		if (task.spec.limits().first() > 0) {
			RunLimits limits = new RunLimits(task, worker, this, this.timers, this.fleet, this.effects);
			task.placed().limits = limits;
			limits.begin(now);
		}
		this.effects.notice(new Notice.TaskStarted(task.handle, task.attempt, worker.pid, task.waited(now)));
	}

	private void sendAhead(long now) {
		PoolTask next = this.tasks.peek();
		if (next == null) {
			return;
		}
		int window = this.pace.window();
		// Nobody gets many where there are few
		long share = 2 + (this.tasks.waiting() + this.tasks.ahead()) / Math.max(1, this.fleet.size());
		int most = (int) Math.min(window, share);
		for (Worker worker : this.fleet.all()) {
			makeWayFor(next, worker);
			next = fill(worker, window, most, now);
			if (next == null) {
				break;
			}
		}
		if (this.patrol == null && this.tasks.ahead() > 0) {
			this.patrol = this.timers.at(now + LONG, this::patrol);
		}
	}

	private @Nullable PoolTask fill(Worker worker, int window, int most, long now) {
		PoolTask next = this.tasks.peek();
		// A window that is half full is not worth a look
		if (worker.phase != Worker.Phase.SERVING || worker.inFlight.isEmpty() || worker.retiring != null
				|| worker.wornOut != null || worker.inFlight.size() > window / 2 || now - worker.headSince >= LONG) {
			return next;
		}
		while (next != null && worker.inFlight.size() < most && worker.unread < this.slots / 2
				&& !worker.reachesLimit()) {
			this.tasks.next();
			send(next, worker);
			this.tasks.sentAhead();
			next = this.tasks.peek();
		}
		return next;
	}

	/** What is less urgent than a task that waits goes behind it. */
	private void makeWayFor(PoolTask urgent, Worker worker) {
		while (worker.inFlight.size() > 1 && worker.inFlight.getLast().spec.priority() < urgent.spec.priority()) {
			if (!takeBack(worker.inFlight.getLast())) {
				return;
			}
		}
	}

	/** Somebody has nothing to do: take half of what waits behind another task. */
	private boolean relieve() {
		if (this.tasks.ahead() == 0) {
			return false;
		}
		for (Worker worker : this.fleet.all()) {
			if (takeBack(worker, worker.inFlight.size() / 2) > 0) {
				return true;
			}
		}
		return false;
	}

	/** Nothing waits behind a task that turns out long. */
	private void patrol(long now) {
		this.patrol = null;
		for (Worker worker : this.fleet.all()) {
			if (now - worker.headSince >= LONG) {
				takeBack(worker);
			}
		}
		if (this.tasks.ahead() > 0) {
			this.patrol = this.timers.at(now + LONG, this::patrol);
		}
	}

	/** The last ones first: if one has begun, so have those before it. */
	private int takeBack(Worker worker, int most) {
		int count = 0;
		while (worker.inFlight.size() > 1 && count < most && takeBack(worker.inFlight.getLast())) {
			count++;
		}
		return count;
	}

}
