package dev.taskqueue;

import org.jspecify.annotations.Nullable;

/**
 * The queue cannot be started here: the machine, or a setting, does not allow it. Nothing
 * was started, and the queue can be started later. The message is the description and the
 * action.
 */
public class QueueStartException extends TaskQueueException {

	private final Reason reason;

	private final String description;

	private final String action;

	/**
	 * Create an exception.
	 * @param reason what kind of obstacle it is
	 * @param description what happened and in what state, in whole sentences
	 * @param action what to change, in whole sentences
	 * @param cause the cause, if there is one
	 */
	public QueueStartException(Reason reason, String description, String action, @Nullable Throwable cause) {
		super(description + " " + action, cause);
		this.reason = reason;
		this.description = description;
		this.action = action;
	}

	/**
	 * What kind of obstacle it is.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * What happened, and in what state.
	 * @return whole sentences
	 */
	public String description() {
		return this.description;
	}

	/**
	 * What to change.
	 * @return whole sentences
	 */
	public String action() {
		return this.action;
	}

	/**
	 * What keeps a queue from starting.
	 */
	public enum Reason {

		/** There is no temporary directory in which the queue can keep its socket. */
		TEMPORARY_DIRECTORY,

		/** The temporary directory's path is too long for a socket in it. */
		SOCKET_PATH,

		/**
		 * The operating system, or the way the application was built, is not supported.
		 */
		PLATFORM,

		/** The workers' Java installation is none. */
		JAVA_HOME,

		/** The workers' class path cannot work. */
		CLASS_PATH

	}

}
