package dev.taskqueue.autoconfigure.queued;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.taskqueue.TaskHandle;
import org.jspecify.annotations.Nullable;

/**
 * The future of a task that is added when a transaction has committed. The thread whose
 * transaction it is cannot wait for it before: it would wait for itself.
 *
 * @param <R> the type of the result
 */
final class LaterResult<R extends @Nullable Object> extends CompletableFuture<R> {

	private volatile @Nullable Thread owner = Thread.currentThread();

	/**
	 * The task is added: complete as it does.
	 * @param handle the task's
	 */
	void follow(TaskHandle<R> handle) {
		this.owner = null;
		CompletableFuture<R> unused = handle.result().whenComplete((value, failure) -> {
			if (failure != null) {
				completeExceptionally(failure);
			}
			else {
				complete(value);
			}
		});
	}

	@Override
	public R join() {
		requireAdded();
		return super.join();
	}

	@Override
	public R get() throws InterruptedException, ExecutionException {
		requireAdded();
		return super.get();
	}

	@Override
	public R get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		requireAdded();
		return super.get(timeout, unit);
	}

	private void requireAdded() {
		if (this.owner == Thread.currentThread() && !isDone()) {
			throw new IllegalStateException("The task is added when this thread's transaction has committed, so that "
					+ "waiting for it here would never end. Wait after the transaction, or set afterCommit = false.");
		}
	}

}
