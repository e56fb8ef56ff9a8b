package dev.taskqueue;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything TaskQueue throws on purpose. Unchecked.
 */
public class TaskQueueException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public TaskQueueException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 * @param cause the cause, if there is one
	 */
	public TaskQueueException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
