package dev.taskqueue;

import java.util.Map;
import java.util.Set;

/**
 * What a worker's {@link WorkerContext} is told by its application. Thread-safe.
 */
public interface ContextSettings {

	/**
	 * What was given to {@link TaskQueue.Builder#workerContext}. It came over a private
	 * channel: neither the command line nor the environment shows it.
	 * @return an immutable map
	 */
	Map<String, String> values();

	/**
	 * The names of the application's queues that this worker can add to.
	 * @return an immutable set
	 */
	Set<String> queues();

	/**
	 * One of the application's queues, as it can be used from a worker: {@code add} and
	 * {@code submit} serialize the task here and add it to the application's queue, where
	 * it counts, waits and runs in one of that queue's workers. The refusals of
	 * {@link TaskQueue#add(Task)} are thrown here, with the types they have there.
	 * <p>
	 * The handle knows its {@link TaskHandle#id() id}; {@code state}, {@code join},
	 * {@code result} and {@code cancel} throw {@link UnsupportedOperationException}, for
	 * tasks that wait for each other's results can hold all workers. So do the queue's
	 * counters, snapshots and its life cycle: they are the application's. Its
	 * {@code close} does nothing.
	 * @param name one of {@link #queues()}
	 * @return the same queue for the same name
	 * @throws IllegalArgumentException if there is no such queue
	 */
	TaskQueue queue(String name);

}
