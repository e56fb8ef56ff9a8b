package dev.taskqueue.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.wire.TaskPage.Claim;

/**
 * A world that does nothing and remembers what it was asked to do.
 */
final class RecordingEffects implements Effects {

	/** A task handed to a worker. */
	record Sent(int worker, PoolTask task) {
	}

	final List<Integer> launched = new ArrayList<>();

	final List<Sent> sent = new ArrayList<>();

	/** Tasks that were interrupted, and those whose stack was asked for. */
	final List<PoolTask> interrupted = new ArrayList<>();

	final List<PoolTask> dumped = new ArrayList<>();

	final List<Integer> stopped = new ArrayList<>();

	final List<Integer> killed = new ArrayList<>();

	final List<Notice> notices = new ArrayList<>();

	/** How many tasks each termination has cancelled. */
	final List<Long> terminations = new ArrayList<>();

	/** Resident bytes by worker; one megabyte unless a test says otherwise. */
	final Map<Integer, Long> resident = new HashMap<>();

	/** What a recall comes to: whether the worker had not begun the task. */
	boolean recallWins;

	/** Tasks that were taken back, in order. */
	final List<PoolTask> recalled = new ArrayList<>();

	/** Tasks that can be with a worker. */
	private final int slots;

	/** What each worker was said to run last; 0 for nothing. */
	final Map<Integer, Long> running = new HashMap<>();

	/** Claims by task; begun unless a test says otherwise. */
	final Map<Long, Claim> claims = new HashMap<>();

	/** Workers that were asked where their start is. */
	final List<Integer> startsDumped = new ArrayList<>();

	/** Launched ahead, and not told to hurry. */
	final List<Integer> slow = new ArrayList<>();

	RecordingEffects(int slots) {
		this.slots = slots;
	}

	@Override
	public void dumpStart(int worker) {
		this.startsDumped.add(worker);
	}

	@Override
	public void launch(int worker, boolean ahead) {
		this.launched.add(worker);
		if (ahead) {
			this.slow.add(worker);
		}
	}

	@Override
	public void hurry(int worker) {
		if (!this.slow.remove((Integer) worker)) {
			throw new AssertionError("worker " + worker + " was not launched ahead");
		}
	}

	@Override
	public int slots() {
		return this.slots;
	}

	@Override
	public void runs(int worker, long task) {
		this.running.put(worker, task);
	}

	@Override
	public void send(int worker, PoolTask task) {
		this.sent.add(new Sent(worker, task));
	}

	@Override
	public boolean recall(int worker, PoolTask task) {
		boolean wins = this.recallWins || this.claims.get(task.id()) == Claim.SENT;
		if (wins) {
			this.recalled.add(task);
		}
		return wins;
	}

	@Override
	public void interrupt(int worker, PoolTask task) {
		this.interrupted.add(task);
	}

	@Override
	public void dump(int worker, PoolTask task) {
		this.dumped.add(task);
	}

	@Override
	public Claim claim(int worker, PoolTask task) {
		return this.claims.getOrDefault(task.id(), Claim.STARTED);
	}

	@Override
	public long residentBytes(int worker) {
		return this.resident.getOrDefault(worker, 1L << 20);
	}

	@Override
	public void stop(int worker) {
		this.stopped.add(worker);
	}

	@Override
	public void kill(int worker) {
		this.killed.add(worker);
	}

	@Override
	public void notice(Notice notice) {
		this.notices.add(notice);
	}

	@Override
	public void terminated(long cancelled) {
		this.terminations.add(cancelled);
	}

	/** The notices of one kind, in order. */
	<T extends Notice> List<T> notices(Class<T> kind) {
		return this.notices.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

}
