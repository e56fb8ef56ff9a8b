package dev.taskqueue;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A worker process that crashed, as a queue's snapshot remembers it.
 *
 * @param endedAt when the queue noticed its end
 * @param taskId the id of the task it ended under; {@code null} if it had begun none
 * @param report what is known of the process
 */
public record WorkerCrash(Instant endedAt, @Nullable Long taskId, CrashReport report) {

}
