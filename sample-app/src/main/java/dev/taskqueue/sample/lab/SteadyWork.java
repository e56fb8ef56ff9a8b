package dev.taskqueue.sample.lab;

import dev.taskqueue.CallableTask;
import dev.taskqueue.TaskContext;

/**
 * Says how far it is, and ends when it is interrupted.
 *
 * @param steps how many steps it takes
 * @param millisPerStep how long each of them takes
 */
record SteadyWork(int steps, long millisPerStep) implements CallableTask<String> {

	@Override
	public String call() throws InterruptedException {
		TaskContext task = TaskContext.current();
		for (int step = 1; step <= this.steps; step++) {
			task.progress((double) (step - 1) / this.steps, "step %d of %d".formatted(step, this.steps));
			Thread.sleep(this.millisPerStep);
		}
		return "%d steps".formatted(this.steps);
	}

}
