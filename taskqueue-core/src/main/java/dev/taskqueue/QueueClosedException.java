package dev.taskqueue;

/**
 * Refused at the door: the queue is terminated, or a termination is under way.
 */
public class QueueClosedException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public QueueClosedException(String message) {
		super(message);
	}

}
