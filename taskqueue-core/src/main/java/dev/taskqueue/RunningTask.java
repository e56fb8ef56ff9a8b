package dev.taskqueue;

import java.time.Instant;

/**
 * A task that runs in a worker at the moment of a {@link TaskQueueSnapshot}.
 *
 * @param id the task's id, as in {@link TaskHandle#id()}
 * @param description the task's description, at most 200 characters
 * @param type the name of the task's class, without anything the task carries
 * @param startedAt when this attempt started
 */
public record RunningTask(long id, String description, String type, Instant startedAt) {

}
