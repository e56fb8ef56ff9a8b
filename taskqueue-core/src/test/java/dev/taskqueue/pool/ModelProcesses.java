package dev.taskqueue.pool;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage.Claim;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes as they really are, whatever the pool thinks of them, and what it did to
 * them. Refuses what must never be done: to send to a worker that is not there, not ready
 * or leaving, to have a task in two places, more than a worker may serve, and to begin a
 * task twice.
 */
final class ModelProcesses implements Effects {

	/** One process. */
	static final class Model {

		boolean ready;

		/** Told to leave, or killed. */
		boolean leaving;

		boolean disconnected;

		/** Its last task has failed fatally: it begins no other. */
		boolean poisoned;

		/** Tasks it has begun. */
		int begun;

		/** What it holds, with the claim in its page, in the order of sending. */
		final Map<PoolTask, Claim> tasks = new LinkedHashMap<>();

		/** Outcomes in its ring that the pool has not read. */
		final ArrayDeque<Frame> ring = new ArrayDeque<>();

	}

	final Map<Integer, Model> alive = new LinkedHashMap<>();

	/** Tasks somebody has asked to cancel: they may end in any way, but start no more. */
	final Set<PoolTask> cancelled = new HashSet<>();

	/** How often each task was begun. */
	final Map<PoolTask, Integer> begun = new HashMap<>();

	/** How often each task was told to be final. */
	final Map<PoolHandle<?>, Integer> finished = new HashMap<>();

	int terminated;

	private static final int SLOTS = 10;

	private final Random random;

	private final int mostRequests;

	private int launched;

	ModelProcesses(Random random, int requestsPerWorker) {
		this.random = random;
		this.mostRequests = (requestsPerWorker > 0) ? requestsPerWorker : Integer.MAX_VALUE;
	}

	/** Begin the next task: from now on nobody may begin it again. */
	void begin(Model process) {
		if (process.poisoned || process.tasks.containsValue(Claim.STARTED)) {
			return;
		}
		for (Map.Entry<PoolTask, Claim> entry : process.tasks.entrySet()) {
			if (entry.getValue() == Claim.SENT) {
				entry.setValue(Claim.STARTED);
				process.begun++;
				this.begun.merge(entry.getKey(), 1, Integer::sum);
				assertThat(process.begun).as("tasks of one worker").isLessThanOrEqualTo(this.mostRequests);
				return;
			}
		}
	}

	/** End what was begun: its outcome is in the ring before anything else begins. */
	void end(Model process) {
		process.tasks.replaceAll((task, claim) -> {
			if (claim != Claim.STARTED) {
				return claim;
			}
			if (this.random.nextInt(3) == 0) {
				process.poisoned = this.random.nextInt(3) == 0;
				process.ring.add(new Frame.Failure(task.id(), process.poisoned, "C", null, "t"));
			}
			else {
				process.ring.add(new Frame.Result(task.id(), new byte[0]));
			}
			return Claim.DONE;
		});
	}

	@Override
	public int slots() {
		return SLOTS;
	}

	@Override
	public void runs(int worker, long task) {
		// The decisions' own rules see to it
	}

	@Override
	public void hurry(int worker) {
		assertThat(this.alive).as("worker %d is there", worker).containsKey(worker);
	}

	@Override
	public void launch(int worker, boolean ahead) {
		assertThat(worker).as("a number that was never used").isGreaterThan(this.launched);
		this.launched = worker;
		this.alive.put(worker, new Model());
	}

	@Override
	public void send(int worker, PoolTask task) {
		assertThat(this.cancelled).as("cancelled tasks").doesNotContain(task);
		Model process = this.alive.getOrDefault(worker, new Model());
		assertThat(process.ready).as("worker %d is ready", worker).isTrue();
		assertThat(process.leaving).as("worker %d was told to leave", worker).isFalse();
		assertThat(this.alive.values()).as("who has %s", task.handle)
			.noneMatch((other) -> other.tasks.get(task) == Claim.SENT || other.tasks.get(task) == Claim.STARTED);
		assertThat(process.poisoned && process.ring.isEmpty()).as("worker %d is poisoned", worker).isFalse();
		process.tasks.remove(task);
		process.tasks.put(task, Claim.SENT);
		assertThat(process.tasks.values().stream().filter((claim) -> claim == Claim.SENT).count()).as("sent ahead")
			.isLessThanOrEqualTo(SLOTS);
	}

	@Override
	public boolean recall(int worker, PoolTask task) {
		return this.alive.containsKey(worker) && this.alive.get(worker).tasks.replace(task, Claim.SENT, Claim.RECALLED);
	}

	@Override
	public void interrupt(int worker, PoolTask task) {
		assertInFlight(worker, task);
	}

	@Override
	public void dumpStart(int worker) {
		// Nobody is asked that has no context
	}

	@Override
	public void dump(int worker, PoolTask task) {
		assertInFlight(worker, task);
	}

	private void assertInFlight(int worker, PoolTask task) {
		Model process = this.alive.getOrDefault(worker, new Model());
		assertThat(process.tasks).as("tasks of worker %d", worker).containsKey(task);
	}

	@Override
	public Claim claim(int worker, PoolTask task) {
		return this.alive.getOrDefault(worker, new Model()).tasks.getOrDefault(task, Claim.NONE);
	}

	@Override
	public long residentBytes(int worker) {
		return (long) this.random.nextInt(100) << 20;
	}

	@Override
	public void stop(int worker) {
		this.alive.getOrDefault(worker, new Model()).leaving = true;
	}

	@Override
	public void kill(int worker) {
		this.alive.getOrDefault(worker, new Model()).leaving = true;
	}

	@Override
	public void notice(Notice notice) {
		if (notice instanceof Notice.TaskFinished task) {
			this.finished.merge(task.task(), 1, Integer::sum);
		}
	}

	@Override
	public void terminated(long cancelled) {
		this.terminated++;
	}

}
