package dev.taskqueue.autoconfigure.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known while a task is added, in the thread that adds it.
 */
public class TaskAddObservationContext extends Observation.Context {

	private final String queue;

	private final String type;

	private @Nullable Long taskId;

	/**
	 * Create a context.
	 * @param queue the queue's name
	 * @param type the name of the task's class
	 */
	public TaskAddObservationContext(String queue, String type) {
		this.queue = queue;
		this.type = type;
	}

	/**
	 * The queue's name.
	 * @return the name
	 */
	public String getQueue() {
		return this.queue;
	}

	/**
	 * The name of the task's class, without anything the task carries.
	 * @return the name
	 */
	public String getType() {
		return this.type;
	}

	/**
	 * The task's id.
	 * @return the id; {@code null} until the queue has taken the task, and if it refuses
	 */
	public @Nullable Long getTaskId() {
		return this.taskId;
	}

	void setTaskId(long taskId) {
		this.taskId = taskId;
	}

}
