package dev.taskqueue;

import java.time.Duration;

/**
 * Outcome: the task reached one of its limits.
 */
public class TaskTimeoutException extends TaskQueueException {

	private final TimeLimit limit;

	private final Duration duration;

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 * @param limit the limit that was reached
	 * @param duration its length
	 */
	public TaskTimeoutException(String message, TimeLimit limit, Duration duration) {
		super(message);
		this.limit = limit;
		this.duration = duration;
	}

	/**
	 * The limit that was reached.
	 * @return the limit
	 */
	public TimeLimit limit() {
		return this.limit;
	}

	/**
	 * The length of the limit.
	 * @return the duration that was set
	 */
	public Duration duration() {
		return this.duration;
	}

}
