package dev.taskqueue.annotation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a {@link Queued} method returns, in a worker, whose declared type is
 * {@link TaskHandle}. The caller in the application gets the handle of the task, whose
 * result is this value. Immutable.
 *
 * @param <R> the type of the result
 */
public final class QueuedResult<R extends @Nullable Object> implements TaskHandle<R> {

	private final R value;

	private QueuedResult(R value) {
		this.value = value;
	}

	/**
	 * A result.
	 * @param value the value, which must be serializable
	 * @param <R> its type
	 * @return a handle of work that is done
	 */
	public static <R extends @Nullable Object> TaskHandle<R> of(R value) {
		return new QueuedResult<>(value);
	}

	/**
	 * Not that of a task.
	 * @return 0
	 */
	@Override
	public long id() {
		return 0;
	}

	@Override
	public TaskState state() {
		return TaskState.SUCCEEDED;
	}

	@Override
	public R join() {
		return this.value;
	}

	@Override
	public R join(Duration timeout) {
		return this.value;
	}

	@Override
	public CompletableFuture<R> result() {
		return CompletableFuture.completedFuture(this.value);
	}

	@Override
	public boolean cancel() {
		return false;
	}

}
