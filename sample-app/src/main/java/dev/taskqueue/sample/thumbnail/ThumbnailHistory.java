package dev.taskqueue.sample.thumbnail;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The last jobs, by id. Thread-safe. A job that is forgotten before it finished is
 * cancelled: nobody could ask for its thumbnail any more.
 */
class ThumbnailHistory {

	private final ConcurrentSkipListMap<Long, ThumbnailJob> jobs = new ConcurrentSkipListMap<>();

	private final int limit;

	ThumbnailHistory(int limit) {
		this.limit = limit;
	}

	synchronized void add(ThumbnailJob job) {
		this.jobs.put(job.id(), job);
		while (this.jobs.size() > this.limit) {
			this.jobs.pollFirstEntry().getValue().cancel();
		}
	}

	Optional<ThumbnailJob> find(long id) {
		return Optional.ofNullable(this.jobs.get(id));
	}

	List<ThumbnailJob> newestFirst() {
		return List.copyOf(this.jobs.descendingMap().values());
	}

}
