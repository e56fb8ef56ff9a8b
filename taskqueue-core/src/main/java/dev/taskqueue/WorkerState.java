package dev.taskqueue;

/**
 * Where a worker process is in its life.
 */
public enum WorkerState {

	/** Launched, not ready for a task yet. */
	STARTING,

	/** Ready, and held back as the successor of a worker that is about to be recycled. */
	STANDBY,

	/** Ready, without a task. */
	IDLE,

	/** Running a task. */
	BUSY,

	/** Asked to leave; its last task has finished. */
	STOPPING,

	/** Killed; its end has not been confirmed yet. */
	DYING

}
