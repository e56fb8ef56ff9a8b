package dev.taskqueue.sample.thumbnail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * One submitted image: its task's handle, and the outcome as soon as there is one.
 * Thread-safe.
 */
public class ThumbnailJob {

	private final String name;

	private final long size;

	private final TaskHandle<Thumbnail> handle;

	private final Instant submittedAt;

	private final CompletableFuture<Outcome> outcome;

	ThumbnailJob(String name, long size, TaskHandle<Thumbnail> handle, Clock clock) {
		this.name = name;
		this.size = size;
		this.handle = handle;
		this.submittedAt = clock.instant();
		// A callback rather than join(): no thread waits for the task.
		this.outcome = handle.result().handle((thumbnail, failure) -> {
			Duration took = Duration.between(this.submittedAt, clock.instant());
			return (failure == null) ? new Ready(thumbnail, took) : new Failed(ThumbnailFailure.of(failure), took);
		});
	}

	public long id() {
		return this.handle.id();
	}

	void cancel() {
		this.handle.cancel();
	}

	/**
	 * The outcome.
	 * @return the outcome, or {@code null} while the task waits or runs
	 */
	@Nullable Outcome outcome() {
		return this.outcome.getNow(null);
	}

	/**
	 * Everything there is to say about this job at this moment.
	 * @return an immutable view
	 */
	ThumbnailStatus status() {
		Outcome outcome = outcome();
		if (outcome instanceof Ready ready) {
			return ThumbnailStatus.ready(this, ready);
		}
		if (outcome instanceof Failed failed) {
			return ThumbnailStatus.failed(this, failed);
		}
		TaskState state = this.handle.state();
		// Final already, and its outcome is about to arrive.
		return ThumbnailStatus.pending(this, state.isFinal() ? TaskState.RUNNING : state);
	}

	String name() {
		return this.name;
	}

	long size() {
		return this.size;
	}

	Instant submittedAt() {
		return this.submittedAt;
	}

	/** How a job ended. */
	sealed interface Outcome {

		/**
		 * From the submission to the end, waiting included.
		 * @return the duration
		 */
		Duration took();

	}

	record Ready(Thumbnail thumbnail, Duration took) implements Outcome {

	}

	record Failed(ThumbnailFailure failure, Duration took) implements Outcome {

	}

}
