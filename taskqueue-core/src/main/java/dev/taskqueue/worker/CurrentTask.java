package dev.taskqueue.worker;

/**
 * Which task this process runs. Threads that a task has started count for the task that
 * runs when they speak, which is the same one unless they outlive it.
 */
final class CurrentTask {

	private static volatile long id;

	private CurrentTask() {
	}

	static void begin(long task) {
		id = task;
	}

	static void end() {
		id = 0;
	}

	/** The task, 0 for none. */
	static long id() {
		return id;
	}

}
