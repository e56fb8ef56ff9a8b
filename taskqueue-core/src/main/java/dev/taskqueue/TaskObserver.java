package dev.taskqueue;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Accompanies each task from the call that adds it, as tracing must: it acts in the
 * thread that adds, and can keep something for one task until its end. Who only wants to
 * be told what happens needs a {@link TaskQueueListener}.
 */
public interface TaskObserver {

	/**
	 * Called in the thread that adds a task, around all that happens there; for a task
	 * that a worker adds, in a thread of the queue's with that worker's MDC. Has to call
	 * {@code add} once and return what it returns, or throw what it throws: the caller of
	 * the queue gets it. What is in the MDC when {@code add} is called is in the MDC of
	 * the task.
	 * @param queue the queue's name
	 * @param type the name of the task's class, without anything the task carries
	 * @param add adds the task. Takes what is told of this task's attempts and end, or
	 * {@code null}: a listener that is called as those of the queue are, and let go of
	 * after the task's end
	 * @param <R> the type of the task's result
	 * @return the task's handle
	 */
	<R extends @Nullable Object> TaskHandle<R> observe(String queue, String type,
			Function<@Nullable TaskQueueListener, TaskHandle<R>> add);

}
