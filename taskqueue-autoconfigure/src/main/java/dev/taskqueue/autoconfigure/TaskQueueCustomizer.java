package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;

/**
 * A bean that changes the configured {@link TaskQueue}s before they are built, for what
 * properties cannot say. Customizers are called in their order, after all
 * {@code taskqueue.*} properties have been applied, so that the last word is theirs.
 * <p>
 * A customizer is called for every configured queue, as properties without a queue's name
 * hold for all. {@link #forQueue} makes one for a single queue.
 * <p>
 * Set the terminate timeout by its property, {@code taskqueue.terminate-timeout}: the
 * application's shutdown reserves the time it names, and does not see what a customizer
 * says.
 */
@FunctionalInterface
public interface TaskQueueCustomizer {

	/**
	 * Change the settings of a queue to be built.
	 * @param builder the builder to call setters on; not to be built or kept
	 */
	void customize(TaskQueue.Builder builder);

	/**
	 * Change the settings of a queue to be built, knowing which. Calls
	 * {@link #customize(TaskQueue.Builder)} unless overridden.
	 * @param queue the name of the queue's bean, {@code taskQueue} for the default queue
	 * @param builder the builder to call setters on; not to be built or kept
	 */
	default void customize(String queue, TaskQueue.Builder builder) {
		customize(builder);
	}

	/**
	 * Customize one queue only.
	 * @param queue the name of the queue's bean, {@code taskQueue} for the default queue
	 * @param customizer what to call for that queue
	 * @return a customizer that does nothing to other queues
	 */
	static TaskQueueCustomizer forQueue(String queue, TaskQueueCustomizer customizer) {
		return new TaskQueueCustomizer() {

			@Override
			public void customize(TaskQueue.Builder builder) {
				customizer.customize(builder);
			}

			@Override
			public void customize(String name, TaskQueue.Builder builder) {
				if (name.equals(queue)) {
					customizer.customize(name, builder);
				}
			}

		};
	}

}
