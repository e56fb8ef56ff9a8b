package dev.taskqueue.sample.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The last jobs of one queue, by id. Thread-safe. A job that is forgotten before it
 * finished is cancelled: nobody could ask for its outcome any more.
 *
 * @param <S> what the tasks are about
 * @param <R> what the tasks return
 */
public class JobHistory<S, R> {

	private final ConcurrentSkipListMap<Long, Job<S, R>> jobs = new ConcurrentSkipListMap<>();

	private final int limit;

	/**
	 * Create a history.
	 * @param limit how many jobs it remembers
	 */
	public JobHistory(int limit) {
		this.limit = limit;
	}

	public synchronized void add(Job<S, R> job) {
		this.jobs.put(job.id(), job);
		while (this.jobs.size() > this.limit) {
			this.jobs.pollFirstEntry().getValue().cancel();
		}
	}

	public Optional<Job<S, R>> find(long id) {
		return Optional.ofNullable(this.jobs.get(id));
	}

	/**
	 * All jobs that have not been forgotten.
	 * @return a copy
	 */
	public List<Job<S, R>> newestFirst() {
		return List.copyOf(this.jobs.descendingMap().values());
	}

}
