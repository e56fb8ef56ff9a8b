package dev.taskqueue.sample.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskState;

/**
 * A task's handle without a task: a test decides what becomes of it.
 *
 * @param <R> what the task would return
 */
public class ManualHandle<R> implements TaskHandle<R> {

	private final long id;

	private final CompletableFuture<R> result = new CompletableFuture<>();

	private TaskState state = TaskState.WAITING;

	private boolean cancelled;

	public ManualHandle(long id) {
		this.id = id;
	}

	public void enter(TaskState state) {
		this.state = state;
	}

	public void succeed(R value) {
		enter(TaskState.SUCCEEDED);
		this.result.complete(value);
	}

	public void fail(TaskState state, Throwable failure) {
		enter(state);
		this.result.completeExceptionally(failure);
	}

	public boolean isCancelled() {
		return this.cancelled;
	}

	@Override
	public long id() {
		return this.id;
	}

	@Override
	public TaskState state() {
		return this.state;
	}

	@Override
	public R join() {
		return this.result.join();
	}

	@Override
	public R join(Duration timeout) {
		return this.result.join();
	}

	@Override
	public CompletableFuture<R> result() {
		return this.result;
	}

	@Override
	public boolean cancel() {
		this.cancelled = true;
		return !this.state.isFinal();
	}

}
