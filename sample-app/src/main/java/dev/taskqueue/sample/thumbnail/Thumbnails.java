package dev.taskqueue.sample.thumbnail;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.sample.SampleProperties;

import org.springframework.stereotype.Service;

/**
 * Hands images to the queue and remembers what became of them. This is all an application
 * needs to do: inject the {@link TaskQueue}, submit a task, keep its handle.
 */
@Service
public class Thumbnails {

	private final TaskQueue queue;

	private final SampleProperties properties;

	private final ThumbnailHistory history;

	private final Clock clock = Clock.systemUTC();

	Thumbnails(TaskQueue queue, SampleProperties properties) {
		this.queue = queue;
		this.properties = properties;
		this.history = new ThumbnailHistory(properties.history());
	}

	/**
	 * Submit an image. Returns as soon as the task is queued.
	 * @param name what the image is called
	 * @param image the file, of unknown content
	 * @return the job, whose state can be asked for at any time
	 * @throws dev.taskqueue.QueueFullException if too many images wait already
	 */
	public ThumbnailJob submit(String name, byte[] image) {
		ThumbnailTask task = new ThumbnailTask(name, image, this.properties.box());
		TaskHandle<Thumbnail> handle = this.queue.submit(task,
				TaskOptions.defaults().timeout(this.properties.timeout()));
		ThumbnailJob job = new ThumbnailJob(name, image.length, handle, this.clock);
		this.history.add(job);
		return job;
	}

	/**
	 * Find a job that has not been forgotten.
	 * @param id its id
	 * @return the job, if it is known
	 */
	Optional<ThumbnailJob> find(long id) {
		return this.history.find(id);
	}

	/**
	 * All jobs that have not been forgotten.
	 * @return a copy, newest first
	 */
	List<ThumbnailJob> newestFirst() {
		return this.history.newestFirst();
	}

}
