package dev.taskqueue;

/**
 * The thread was interrupted while it waited in {@link TaskHandle#join()}. Its interrupt
 * flag is set, and the task is not affected.
 */
public class JoinInterruptedException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public JoinInterruptedException(String message) {
		super(message);
	}

}
