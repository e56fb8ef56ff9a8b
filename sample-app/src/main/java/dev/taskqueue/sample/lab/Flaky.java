package dev.taskqueue.sample.lab;

import java.io.IOException;

import dev.taskqueue.CallableTask;
import dev.taskqueue.TaskContext;

/**
 * Fails at first, like whatever talks to a network.
 *
 * @param failures how many attempts fail
 */
record Flaky(int failures) implements CallableTask<String> {

	@Override
	public String call() throws IOException {
		int attempt = TaskContext.current().attempt();
		if (attempt <= this.failures) {
			throw new IOException("connection reset, as so often at attempt " + attempt);
		}
		return "Worked at attempt " + attempt;
	}

}
