package dev.taskqueue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A task that was added to a queue. Thread-safe. Once the task is final the handle keeps
 * its outcome only, neither the task nor its options.
 *
 * @param <R> the type of the task's result
 */
public interface TaskHandle<R extends @Nullable Object> {

	/**
	 * The task's id: unique in its queue, increasing in the order of adding.
	 * @return the id, from 1
	 */
	long id();

	/**
	 * Where the task is in its life.
	 * @return the state at this moment
	 */
	TaskState state();

	/**
	 * Wait for the task and return its result. The result is deserialized in the first
	 * caller's thread, once: every call returns the same object.
	 * @return the result; {@code null} for a {@link Task}
	 * @throws TaskFailedException if the task threw
	 * @throws TaskTimeoutException if it reached a limit
	 * @throws WorkerCrashedException if its worker process ended under it
	 * @throws TaskCancelledException if it was cancelled
	 * @throws ResultUnreadableException if it succeeded but its result cannot be read
	 * here
	 * @throws JoinInterruptedException if this thread is interrupted while it waits; the
	 * flag is set again, and the task goes on
	 */
	R join();

	/**
	 * {@link #join()} for a limited time.
	 * @param timeout how long to wait
	 * @return the result
	 * @throws JoinTimeoutException if the task is not final by then; the task goes on
	 */
	R join(Duration timeout);

	/**
	 * The outcome as a future, completed on a thread of the queue's with the result or
	 * with the exception {@link #join()} throws.
	 * @return a new future at each call: cancelling or completing it does nothing to the
	 * task
	 */
	CompletableFuture<R> result();

	/**
	 * Ask for the task's end: while it waits, it will never run; while it runs, its
	 * worker process is killed. It becomes {@link TaskState#CANCELLED}, unless it reaches
	 * another final state first.
	 * @return {@code false} only if the task is already final
	 */
	boolean cancel();

}
