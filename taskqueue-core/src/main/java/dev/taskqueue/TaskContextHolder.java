package dev.taskqueue;

import org.jspecify.annotations.Nullable;

/**
 * Which {@link TaskContext} belongs to a thread. For whoever runs tasks: a worker, and
 * the test of a task that asks for its context.
 */
public final class TaskContextHolder {

	/** Threads that a task starts are the task's. */
	private static final InheritableThreadLocal<@Nullable TaskContext> context = new InheritableThreadLocal<>();

	private TaskContextHolder() {
	}

	/**
	 * Set the context of this thread and of those it starts from now on.
	 * @param current the context, {@code null} for none
	 */
	public static void set(@Nullable TaskContext current) {
		if (current == null) {
			context.remove();
		}
		else {
			context.set(current);
		}
	}

	/**
	 * The context of this thread.
	 * @return the context, {@code null} for none
	 */
	public static @Nullable TaskContext get() {
		return context.get();
	}

}
