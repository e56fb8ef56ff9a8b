package dev.taskqueue;

/**
 * Refused at the door: the task needs a bean, and the queue's workers have none.
 */
public class NoWorkerContextException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public NoWorkerContextException(String message) {
		super(message);
	}

}
