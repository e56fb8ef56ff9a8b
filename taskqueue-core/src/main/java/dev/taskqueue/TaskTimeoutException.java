package dev.taskqueue;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Outcome: the task reached one of its limits.
 */
public class TaskTimeoutException extends TaskQueueException {

	private final TimeLimit limit;

	private final Duration duration;

	private final @Nullable String remoteTrace;

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 * @param limit the limit that was reached
	 * @param duration its length
	 * @param remoteTrace where the task was, or {@code null}
	 */
	public TaskTimeoutException(String message, TimeLimit limit, Duration duration, @Nullable String remoteTrace) {
		super(message, (remoteTrace != null) ? new RemoteTrace(remoteTrace) : null);
		this.limit = limit;
		this.duration = duration;
		this.remoteTrace = remoteTrace;
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

	/**
	 * Where the task was: its thread's stack just before it was killed, or the trace of
	 * what it threw when it was interrupted. Had by asking the worker, at most 200
	 * milliseconds before the kill, which never waits for the answer.
	 * @return the text; {@code null} if the task did not run, returned in its grace, or
	 * its process did not answer
	 */
	public @Nullable String remoteTrace() {
		return this.remoteTrace;
	}

}
