package dev.taskqueue.sample.thumbnail;

import java.time.Instant;

import dev.taskqueue.TaskState;
import dev.taskqueue.sample.job.Failure;
import dev.taskqueue.sample.job.Job;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it.
 *
 * @param id the job's id
 * @param name what the image is called
 * @param size the size of the uploaded file in bytes
 * @param state the task's state
 * @param submittedAt when it was submitted
 * @param millis from the submission to the end, waiting included
 * @param worker the process that made the thumbnail, or that ended with the task
 * @param result what came of it, once the state is {@link TaskState#SUCCEEDED}
 * @param error why nothing came of it
 */
record ThumbnailStatus(long id, String name, long size, TaskState state, Instant submittedAt, @Nullable Long millis,
		@Nullable Long worker, @Nullable Result result, @Nullable Failure error) {

	static ThumbnailStatus of(Job<Upload, Thumbnail> job) {
		Job.Outcome<Thumbnail> outcome = job.outcome();
		Thumbnail thumbnail = (outcome instanceof Job.Done<Thumbnail> done) ? done.value() : null;
		Failure failure = (outcome instanceof Job.Failed<Thumbnail> failed) ? failed.failure() : null;
		return new ThumbnailStatus(job.id(), job.subject().name(), job.subject().size(), job.state(outcome),
				job.submittedAt(), (outcome != null) ? outcome.took().toMillis() : null, worker(thumbnail, failure),
				(thumbnail != null) ? Result.of(job.id(), thumbnail) : null, failure);
	}

	private static @Nullable Long worker(@Nullable Thumbnail thumbnail, @Nullable Failure failure) {
		if (thumbnail != null) {
			return thumbnail.pid();
		}
		return (failure != null) ? failure.worker() : null;
	}

	/**
	 * A thumbnail without its bytes.
	 *
	 * @param url where to fetch it
	 * @param type its media type
	 * @param width its width in pixels
	 * @param height its height in pixels
	 * @param sourceWidth the width of the uploaded image
	 * @param sourceHeight the height of the uploaded image
	 */
	record Result(String url, String type, int width, int height, int sourceWidth, int sourceHeight) {

		static Result of(long id, Thumbnail thumbnail) {
			return new Result("/api/thumbnails/" + id + "/image", thumbnail.format().mediaType(), thumbnail.width(),
					thumbnail.height(), thumbnail.sourceWidth(), thumbnail.sourceHeight());
		}

	}

}
