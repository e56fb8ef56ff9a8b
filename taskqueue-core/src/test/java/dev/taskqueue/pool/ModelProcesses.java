package dev.taskqueue.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.taskqueue.wire.TaskPage.Claim;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes as they really are, whatever the pool thinks of them, and what it did to
 * them. Refuses what must never be done: to send to a worker that is not there, not
 * ready, leaving or at work, and to begin a task twice.
 */
final class ModelProcesses implements Effects {

	/** One process. */
	static final class Model {

		boolean ready;

		/** Told to leave, or killed. */
		boolean leaving;

		boolean disconnected;

		/** What it holds, with the claim in its page. */
		final Map<PoolTask, Claim> tasks = new HashMap<>();

	}

	final Map<Integer, Model> alive = new LinkedHashMap<>();

	/** Tasks somebody has asked to cancel: they may end in any way, but start no more. */
	final Set<PoolTask> cancelled = new HashSet<>();

	/** How often each task was begun. */
	final Map<PoolTask, Integer> begun = new HashMap<>();

	/** How often each task was told to be final. */
	final Map<PoolHandle<?>, Integer> finished = new HashMap<>();

	int terminated;

	private final Random random;

	private int launched;

	ModelProcesses(Random random) {
		this.random = random;
	}

	/** Begin what was sent: from now on nobody may begin it again. */
	void begin(Model process) {
		process.tasks.replaceAll((task, claim) -> {
			if (claim != Claim.SENT) {
				return claim;
			}
			this.begun.merge(task, 1, Integer::sum);
			return Claim.STARTED;
		});
	}

	/** End what was begun. */
	List<PoolTask> end(Model process) {
		List<PoolTask> ended = new ArrayList<>();
		process.tasks.replaceAll((task, claim) -> {
			if (claim != Claim.STARTED) {
				return claim;
			}
			ended.add(task);
			return Claim.DONE;
		});
		return ended;
	}

	@Override
	public void launch(int worker) {
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
		assertThat(process.tasks).as("tasks of worker %d", worker)
			.doesNotContainValue(Claim.SENT)
			.doesNotContainValue(Claim.STARTED);
		process.tasks.clear();
		process.tasks.put(task, Claim.SENT);
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
