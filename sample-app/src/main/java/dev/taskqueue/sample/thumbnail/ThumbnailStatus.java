package dev.taskqueue.sample.thumbnail;

import java.time.Instant;

import dev.taskqueue.TaskState;
import dev.taskqueue.sample.thumbnail.ThumbnailJob.Failed;
import dev.taskqueue.sample.thumbnail.ThumbnailJob.Ready;
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
		@Nullable Long worker, @Nullable Result result, @Nullable Problem error) {

	static ThumbnailStatus pending(ThumbnailJob job, TaskState state) {
		return new ThumbnailStatus(job.id(), job.name(), job.size(), state, job.submittedAt(), null, null, null, null);
	}

	static ThumbnailStatus ready(ThumbnailJob job, Ready ready) {
		Thumbnail thumbnail = ready.thumbnail();
		return new ThumbnailStatus(job.id(), job.name(), job.size(), TaskState.SUCCEEDED, job.submittedAt(),
				ready.took().toMillis(), thumbnail.pid(), Result.of(job.id(), thumbnail), null);
	}

	static ThumbnailStatus failed(ThumbnailJob job, Failed failed) {
		ThumbnailFailure failure = failed.failure();
		return new ThumbnailStatus(job.id(), job.name(), job.size(), failure.state(), job.submittedAt(),
				failed.took().toMillis(), failure.worker(), null, new Problem(failure.reason(), failure.message()));
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

	/**
	 * A failure.
	 *
	 * @param reason a short name of the cause, for programs
	 * @param message what happened, for people
	 */
	record Problem(String reason, String message) {

	}

}
