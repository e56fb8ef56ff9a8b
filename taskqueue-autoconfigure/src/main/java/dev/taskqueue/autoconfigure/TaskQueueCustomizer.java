package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;

/**
 * A bean that changes the auto-configured {@link TaskQueue} before it is built, for what
 * properties cannot say. Customizers are called in their order, after all
 * {@code taskqueue.*} properties have been applied, so that the last word is theirs.
 * <p>
 * Set the terminate timeout by its property, {@code taskqueue.terminate-timeout}: the
 * application's shutdown reserves the time it names, and does not see what a customizer
 * says.
 */
@FunctionalInterface
public interface TaskQueueCustomizer {

	/**
	 * Change the settings of the queue to be built.
	 * @param builder the builder to call setters on; not to be built or kept
	 */
	void customize(TaskQueue.Builder builder);

}
