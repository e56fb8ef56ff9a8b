package dev.taskqueue;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A task that runs in a worker at the moment of a {@link TaskQueueSnapshot}.
 *
 * @param id the task's id, as in {@link TaskHandle#id()}
 * @param description the task's description, at most 200 characters
 * @param type the name of the task's class, without anything the task carries
 * @param attempt which attempt this is, from 1
 * @param startedAt when this attempt started
 * @param progress what the task last said of its progress, or {@code null}
 */
public record RunningTask(long id, String description, String type, int attempt, Instant startedAt,
		@Nullable TaskProgress progress) {

}
