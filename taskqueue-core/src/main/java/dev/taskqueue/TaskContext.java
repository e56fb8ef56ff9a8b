package dev.taskqueue;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a running task can know and say of itself.
 *
 * <pre class="code">
 * queue.add(() -&gt; {
 *     for (int page = 0; page &lt; 100; page++) {
 *         TaskContext.current().progress(page / 100.0, "page " + page);
 *         print(page);
 *     }
 * });
 * </pre>
 *
 * Belongs to the thread that runs the task and to those it starts. Thread-safe.
 */
public interface TaskContext {

	/**
	 * The context of the task that runs in this thread.
	 * @return the context
	 * @throws IllegalStateException if this thread runs no task; a test can set a context
	 * by {@link TaskContextHolder}
	 */
	static TaskContext current() {
		TaskContext context = TaskContextHolder.get();
		if (context == null) {
			throw new IllegalStateException("Thread '" + Thread.currentThread().getName()
					+ "' runs no task, so there is no TaskContext; set one with TaskContextHolder.set in a test");
		}
		return context;
	}

	/**
	 * The task's id, as in {@link TaskHandle#id()}.
	 * @return the id
	 */
	long id();

	/**
	 * Which attempt this is.
	 * @return 1 for the first
	 */
	int attempt();

	/**
	 * When the attempt reaches the first of its limits: its {@code softTimeout} if it has
	 * one, else its {@code timeout}.
	 * @return a moment on the worker's wall clock, or {@code null} for no limit
	 */
	@Nullable Instant deadline();

	/**
	 * Say how far the task is, for snapshots and monitoring. Never waits; of many calls
	 * in a short time only the last one is seen.
	 * @param fraction from 0 to 1
	 * @param message what the task is doing, cut to 200 characters, or {@code null}
	 * @throws IllegalArgumentException if the fraction is not from 0 to 1
	 */
	void progress(double fraction, @Nullable String message);

}
