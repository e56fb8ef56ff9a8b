package dev.taskqueue.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * A task that was added to the application's queue from a worker. It can say which one it
 * is; to wait for it here could hold the worker it needs itself.
 *
 * @param id its id in its queue
 * @param queue that queue's name
 * @param <R> the type of its result
 */
record ForwardedHandle<R extends @Nullable Object>(long id, String queue) implements TaskHandle<R> {

	@Override
	public TaskState state() {
		throw notHere("its state");
	}

	@Override
	public R join() {
		throw notHere("its result");
	}

	@Override
	public R join(Duration timeout) {
		throw notHere("its result");
	}

	@Override
	public CompletableFuture<R> result() {
		throw notHere("its result");
	}

	@Override
	public boolean cancel() {
		throw notHere("its cancellation");
	}

	@Override
	public String toString() {
		return "task " + this.id + " of queue '" + this.queue + "'";
	}

	private UnsupportedOperationException notHere(String what) {
		return new UnsupportedOperationException("Added " + this + ", and a worker hears no more of it than the id: "
				+ what + " belongs to the application. A task that waited for another could hold the worker that "
				+ "one needs; have the other task add what is to follow");
	}

}
