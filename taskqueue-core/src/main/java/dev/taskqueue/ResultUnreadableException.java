package dev.taskqueue;

/**
 * Outcome: the task succeeded, but its result cannot be read in this process: its class
 * is unknown here, or is not one of those the queue accepts from workers.
 */
public class ResultUnreadableException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 * @param cause the cause
	 */
	public ResultUnreadableException(String message, Throwable cause) {
		super(message, cause);
	}

}
