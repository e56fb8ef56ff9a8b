package dev.taskqueue.sample.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * One submitted task: what it is about, its handle, and the outcome as soon as there is
 * one. Thread-safe.
 *
 * @param <S> what the task is about
 * @param <R> what the task returns
 */
public class Job<S, R> {

	private final S subject;

	private final TaskHandle<R> handle;

	private final Instant submittedAt;

	private final CompletableFuture<Outcome<R>> outcome;

	/**
	 * Remember a task that was just submitted.
	 * @param subject what it is about
	 * @param handle its handle
	 * @param clock the time
	 */
	public Job(S subject, TaskHandle<R> handle, Clock clock) {
		this.subject = subject;
		this.handle = handle;
		this.submittedAt = clock.instant();
		// A callback rather than join(): no thread waits for the task.
		this.outcome = handle.result().handle((value, failure) -> {
			Duration took = Duration.between(this.submittedAt, clock.instant());
			return (failure == null) ? new Done<>(value, took) : new Failed<>(Failure.of(failure), took);
		});
	}

	public long id() {
		return this.handle.id();
	}

	public S subject() {
		return this.subject;
	}

	public Instant submittedAt() {
		return this.submittedAt;
	}

	/**
	 * Ask for the end of the task.
	 * @return whether it has not ended already
	 */
	public boolean cancel() {
		return this.handle.cancel();
	}

	/**
	 * The outcome.
	 * @return the outcome, or {@code null} while the task waits or runs
	 */
	public @Nullable Outcome<R> outcome() {
		return this.outcome.getNow(null);
	}

	/**
	 * The state that fits an outcome that was asked for before.
	 * @param outcome what {@link #outcome()} returned
	 * @return the outcome's state, or one that is not final
	 */
	public TaskState state(@Nullable Outcome<R> outcome) {
		if (outcome != null) {
			return outcome.state();
		}
		TaskState state = this.handle.state();
		// Final already, and its outcome is about to arrive.
		return state.isFinal() ? TaskState.RUNNING : state;
	}

	/** How a job ended. */
	public sealed interface Outcome<R> {

		/**
		 * The task's final state.
		 * @return the state
		 */
		TaskState state();

		/**
		 * From the submission to the end, waiting included.
		 * @return the duration
		 */
		Duration took();

	}

	public record Done<R>(R value, Duration took) implements Outcome<R> {

		@Override
		public TaskState state() {
			return TaskState.SUCCEEDED;
		}

	}

	public record Failed<R>(Failure failure, Duration took) implements Outcome<R> {

		@Override
		public TaskState state() {
			return this.failure.state();
		}

	}

}
