package dev.taskqueue;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One worker process at the moment of a {@link TaskQueueSnapshot}.
 *
 * @param pid the operating system's process id; {@code -1} while the process is not known
 * yet
 * @param state what the worker is doing
 * @param processed tasks this process has finished, whatever their outcome
 * @param startedAt when its launch began
 * @param task the task it runs, or {@code null}
 */
public record WorkerSnapshot(long pid, WorkerState state, long processed, Instant startedAt,
		@Nullable RunningTask task) {

}
