package dev.taskqueue;

/**
 * Outcome: the task was cancelled, by its handle or by the queue's termination.
 */
public class TaskCancelledException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public TaskCancelledException(String message) {
		super(message);
	}

}
