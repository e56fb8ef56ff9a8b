package dev.taskqueue.sample.thumbnail;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskState;

/**
 * A task's handle without a task: a test decides what becomes of it.
 */
class ManualHandle implements TaskHandle<Thumbnail> {

	private final long id;

	private final CompletableFuture<Thumbnail> result = new CompletableFuture<>();

	private TaskState state = TaskState.WAITING;

	private boolean cancelled;

	ManualHandle(long id) {
		this.id = id;
	}

	void enter(TaskState state) {
		this.state = state;
	}

	void succeed(Thumbnail thumbnail) {
		enter(TaskState.SUCCEEDED);
		this.result.complete(thumbnail);
	}

	void fail(TaskState state, Throwable failure) {
		enter(state);
		this.result.completeExceptionally(failure);
	}

	boolean isCancelled() {
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
	public Thumbnail join() {
		return this.result.join();
	}

	@Override
	public Thumbnail join(Duration timeout) {
		return this.result.join();
	}

	@Override
	public CompletableFuture<Thumbnail> result() {
		return this.result;
	}

	@Override
	public boolean cancel() {
		this.cancelled = true;
		return !this.state.isFinal();
	}

}
