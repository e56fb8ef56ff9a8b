package dev.taskqueue.sample.thumbnail;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.sample.SampleProperties;
import dev.taskqueue.sample.catalogue.Catalogue;
import dev.taskqueue.sample.job.Job;
import dev.taskqueue.sample.job.JobHistory;

import org.springframework.stereotype.Service;

/**
 * Hands images to the queue and remembers what became of them. This is all an application
 * needs to do: inject the {@link TaskQueue}, submit a task, keep its handle. What tasks
 * may take is said in {@code application.properties}.
 */
@Service
public class Thumbnails {

	private final TaskQueue queue;

	private final SampleProperties properties;

	private final JobHistory<Upload, Thumbnail> history;

	private final Clock clock = Clock.systemUTC();

	Thumbnails(TaskQueue queue, SampleProperties properties) {
		this.queue = queue;
		this.properties = properties;
		this.history = new JobHistory<>(properties.history());
	}

	/**
	 * Submit an image. Returns as soon as the task is queued.
	 * @param name what the image is called
	 * @param image the file, of unknown content
	 * @param priority who waits for it
	 * @return the job, whose outcome can be asked for at any time
	 * @throws dev.taskqueue.QueueFullException if too many images wait already
	 */
	public Job<Upload, Thumbnail> submit(String name, byte[] image, Priority priority) {
		ThumbnailTask task = new ThumbnailTask(name, image, this.properties.box());
		TaskHandle<Thumbnail> handle = this.queue.submit(Catalogue.class, task,
				TaskOptions.defaults().priority(priority.value));
		Job<Upload, Thumbnail> job = new Job<>(new Upload(name, image.length), handle, this.clock);
		this.history.add(job);
		return job;
	}

	/**
	 * Find a job that has not been forgotten.
	 * @param id its id
	 * @return the job, if it is known
	 */
	Optional<Job<Upload, Thumbnail>> find(long id) {
		return this.history.find(id);
	}

	/**
	 * All jobs that have not been forgotten.
	 * @return a copy, newest first
	 */
	List<Job<Upload, Thumbnail>> newestFirst() {
		return this.history.newestFirst();
	}

	/** Who waits for the thumbnail. */
	public enum Priority {

		/** Nobody in particular. */
		BACKGROUND(0),

		/** Somebody who looks at the page, and goes first. */
		VISITOR(10);

		private final int value;

		Priority(int value) {
			this.value = value;
		}

	}

}
