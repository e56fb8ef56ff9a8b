package dev.taskqueue;

import org.jspecify.annotations.Nullable;

/**
 * Outcome: the task threw. What it threw arrives as text, because its class may not exist
 * here and a worker is not trusted to choose what the application deserializes.
 */
public class TaskFailedException extends TaskQueueException {

	private final String exceptionClassName;

	private final @Nullable String exceptionMessage;

	private final String remoteTrace;

	/**
	 * Create an exception.
	 * @param message which task failed
	 * @param exceptionClassName the class of what the task threw
	 * @param exceptionMessage the message of what the task threw
	 * @param remoteTrace the complete trace, with causes
	 */
	public TaskFailedException(String message, String exceptionClassName, @Nullable String exceptionMessage,
			String remoteTrace) {
		super(message, new RemoteTrace(remoteTrace));
		this.exceptionClassName = exceptionClassName;
		this.exceptionMessage = exceptionMessage;
		this.remoteTrace = remoteTrace;
	}

	/**
	 * The class of what the task threw.
	 * @return the binary name of the class
	 */
	public String exceptionClassName() {
		return this.exceptionClassName;
	}

	/**
	 * The message of what the task threw.
	 * @return the message, or {@code null}
	 */
	public @Nullable String exceptionMessage() {
		return this.exceptionMessage;
	}

	/**
	 * The complete trace in the worker, causes and suppressed exceptions included, as
	 * {@link Throwable#printStackTrace()} writes it.
	 * @return the text
	 */
	public String remoteTrace() {
		return this.remoteTrace;
	}

}
