package dev.taskqueue.sample.lab;

import dev.taskqueue.CallableTask;

/**
 * Leaves in good order, as a command-line tool somebody uses as a library may do.
 *
 * @param code the exit code
 */
record SystemExit(int code) implements CallableTask<String> {

	@Override
	public String call() {
		System.err.println("Work done, so this process leaves with code " + this.code);
		System.exit(this.code);
		return "unreachable";
	}

}
