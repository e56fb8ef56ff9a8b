package dev.taskqueue.sample.lab;

import dev.taskqueue.CallableTask;

/**
 * Never ends, and heeds no interrupt: nothing but the end of its process stops it.
 */
record EndlessLoop() implements CallableTask<String> {

	@Override
	public String call() {
		long rounds = 0;
		while (rounds >= 0) {
			rounds = (rounds + 1) & Long.MAX_VALUE;
		}
		return "unreachable";
	}

}
