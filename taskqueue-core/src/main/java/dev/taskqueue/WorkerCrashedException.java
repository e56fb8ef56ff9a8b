package dev.taskqueue;

/**
 * Outcome: the worker process ended under the task, or no worker could be started.
 */
public class WorkerCrashedException extends TaskQueueException {

	private final CrashReport report;

	/**
	 * Create an exception.
	 * @param message what happened, in what state, and what to change
	 * @param report what is known of the process
	 */
	public WorkerCrashedException(String message, CrashReport report) {
		super(message);
		this.report = report;
	}

	/**
	 * Why the process ended.
	 * @return the reason
	 */
	public CrashReason reason() {
		return this.report.reason();
	}

	/**
	 * What is known of the process.
	 * @return the report
	 */
	public CrashReport report() {
		return this.report;
	}

}
