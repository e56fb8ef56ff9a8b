package dev.taskqueue.sample.lab;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.sample.SampleProperties;
import dev.taskqueue.sample.job.Job;
import dev.taskqueue.sample.job.JobHistory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

/**
 * Runs experiments in a queue of their own, configured by {@code taskqueue.queues.lab}:
 * whatever they do to its workers, those that make thumbnails are others.
 */
@Service
class Experiments {

	static final String QUEUE = "lab";

	private final TaskQueue queue;

	private final JobHistory<Experiment, String> history;

	private final Clock clock = Clock.systemUTC();

	Experiments(@Qualifier(QUEUE) TaskQueue queue, SampleProperties properties) {
		this.queue = queue;
		this.history = new JobHistory<>(properties.history());
	}

	/**
	 * Begin an experiment.
	 * @param experiment which one
	 * @return its job
	 * @throws dev.taskqueue.QueueFullException if too many wait already
	 */
	Job<Experiment, String> run(Experiment experiment) {
		Job<Experiment, String> job = new Job<>(experiment, this.queue.submit(experiment.task(), experiment.options()),
				this.clock);
		this.history.add(job);
		return job;
	}

	Optional<Job<Experiment, String>> find(long id) {
		return this.history.find(id);
	}

	List<Job<Experiment, String>> newestFirst() {
		return this.history.newestFirst();
	}

}
