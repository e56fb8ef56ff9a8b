package dev.taskqueue;

/**
 * {@link TaskHandle#join(java.time.Duration)} waited as long as it was told to. The task
 * is not affected.
 */
public class JoinTimeoutException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public JoinTimeoutException(String message) {
		super(message);
	}

}
