package dev.taskqueue;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a task, as a {@link TaskQueueListener} is told. The record
 * may grow components in later versions.
 *
 * @param queue the queue's name
 * @param id the task's id, as in {@link TaskHandle#id()}
 * @param description the task's description, at most 200 characters
 * @param type the name of the task's class, without anything the task carries
 * @param attempt which attempt it was, from 1; 0 if the task ended without one
 * @param pid the worker's process id, {@code -1} if there was none
 * @param waited from when the attempt was due to its start, or to the task's end if it
 * did not start
 * @param ran from the attempt's start to its end; zero while it runs
 */
public record TaskEvent(String queue, long id, String description, String type, int attempt, long pid, Duration waited,
		Duration ran) {

	/**
	 * How an attempt, or the whole task, has ended.
	 *
	 * @param state the state that stands for the end
	 * @param failure what {@link TaskHandle#join()} throws for it; {@code null} if the
	 * task succeeded
	 */
	public record End(TaskState state, @Nullable TaskQueueException failure) {
	}

}
