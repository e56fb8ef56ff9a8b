package dev.taskqueue;

/**
 * Refused at the door: as many tasks wait as the queue's capacity allows.
 */
public class QueueFullException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public QueueFullException(String message) {
		super(message);
	}

}
