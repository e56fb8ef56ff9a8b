package dev.taskqueue;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link WorkerContext} that cannot start, for a reason it can put into words
 * for the person who runs the application. The message, one line or several, becomes the
 * {@link CrashReport#detail()} of the failed launch as it is, without a trace; the whole
 * exception is logged at DEBUG in the worker.
 */
public class WorkerContextException extends TaskQueueException {

	/**
	 * Create an exception.
	 * @param message what is wrong and what to change
	 */
	public WorkerContextException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message what is wrong and what to change
	 * @param cause the cause, if there is one
	 */
	public WorkerContextException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
