package dev.taskqueue;

/**
 * Where bean tasks get their beans from. Thread-safe.
 */
@FunctionalInterface
public interface BeanSource {

	/**
	 * Find a bean. Called before each bean task, in the task's thread.
	 * @param bean which bean
	 * @param <B> the bean's type
	 * @return the bean
	 * @throws RuntimeException if there is none, or more than one; the task then ends
	 * {@link TaskState#FAILED} with it
	 */
	<B> B getBean(BeanRef<B> bean);

}
