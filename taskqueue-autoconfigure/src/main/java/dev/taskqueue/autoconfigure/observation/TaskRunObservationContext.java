package dev.taskqueue.autoconfigure.observation;

import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskState;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one attempt of a task.
 */
public class TaskRunObservationContext extends Observation.Context {

	private final TaskEvent attempt;

	private @Nullable TaskState outcome;

	/**
	 * Create a context.
	 * @param attempt the attempt at its start
	 */
	public TaskRunObservationContext(TaskEvent attempt) {
		this.attempt = attempt;
	}

	/**
	 * The attempt at its start: task, queue, worker. Its description can hold personal
	 * data.
	 * @return the event that told of the start
	 */
	public TaskEvent getAttempt() {
		return this.attempt;
	}

	/**
	 * How the attempt has ended.
	 * @return a final state; {@code null} while it runs, and if its worker ended before
	 * it had begun
	 */
	public @Nullable TaskState getOutcome() {
		return this.outcome;
	}

	void setOutcome(TaskState outcome) {
		this.outcome = outcome;
	}

}
