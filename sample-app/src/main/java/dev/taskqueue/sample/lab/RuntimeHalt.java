package dev.taskqueue.sample.lab;

import dev.taskqueue.CallableTask;

/**
 * Leaves at once: no shutdown hook and no {@code finally} runs.
 *
 * @param code the exit code
 */
record RuntimeHalt(int code) implements CallableTask<String> {

	@Override
	public String call() {
		Runtime.getRuntime().halt(this.code);
		return "unreachable";
	}

}
