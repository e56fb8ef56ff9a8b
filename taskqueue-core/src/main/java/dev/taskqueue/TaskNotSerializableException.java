package dev.taskqueue;

/**
 * Refused at the door: the task cannot be serialized. The message names the path of
 * fields that leads to the object at fault.
 */
public class TaskNotSerializableException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 */
	public TaskNotSerializableException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 * @param cause the cause
	 */
	public TaskNotSerializableException(String message, Throwable cause) {
		super(message, cause);
	}

}
