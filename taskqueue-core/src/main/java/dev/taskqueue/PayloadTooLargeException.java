package dev.taskqueue;

/**
 * Refused at the door: the serialized task exceeds the queue's {@code max-payload}.
 */
public class PayloadTooLargeException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public PayloadTooLargeException(String message) {
		super(message);
	}

}
