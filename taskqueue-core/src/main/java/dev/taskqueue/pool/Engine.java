package dev.taskqueue.pool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueSnapshot;

/**
 * What has the decisions made and their effects come about: with processes, a supervisor;
 * without, the calling thread. Deals with one event at a time. Thread-safe.
 */
interface Engine {

	/** Have an event dealt with. */
	void post(PoolEvent event);

	/**
	 * Open the queue. Called under a lock, and runs no task: an event that is posted
	 * after it does.
	 * @throws dev.taskqueue.QueueStartException if it cannot be opened here
	 */
	void start();

	/**
	 * Drain and end. What was added before has been posted, or soon will be.
	 * @param nanos how long to drain
	 */
	void terminate(long nanos);

	/** A consistent view, as of everything posted before. */
	CompletableFuture<TaskQueueSnapshot> snapshot();

	/** The view that was published last. For any thread, at once. */
	TaskQueueSnapshot recentSnapshot();

	/** Completed when everything that has happened is logged, and listeners know. */
	CompletableFuture<Void> flushed();

	/** The time by which its timers go. */
	long now();

	/** What counts of a task's options. */
	TaskSpec spec(TaskOptions options);

	/** Completes the futures of results. */
	Executor callbacks();

	/**
	 * Somebody is about to wait for a task.
	 * @param handle the task
	 * @param nanos for how long
	 * @return how much of that is left to wait
	 */
	long beforeWait(PoolHandle<?> handle, long nanos);

	/** Creates the engine of a queue. */
	interface Factory {

		/**
		 * Create an engine. Starts nothing.
		 * @param settings the queue's settings
		 * @param gate the queue's door
		 * @param onTerminated told how many tasks a termination has cancelled, at its end
		 * @return the engine
		 */
		Engine create(PoolSettings settings, Gate gate, LongConsumer onTerminated);

	}

}
