package dev.taskqueue.worker;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.taskqueue.TaskContext;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.wire.Frame;

/**
 * The context of one attempt. Any thread of the task.
 */
final class WorkerTaskContext implements TaskContext {

	private final long task;

	private final int attempt;

	/** In nanoseconds from the start, 0 for none. */
	private final long limit;

	private final long startedAt = System.nanoTime();

	private final Outbox outbox;

	WorkerTaskContext(Frame.Run run, Outbox outbox) {
		this.task = run.task();
		this.attempt = run.attempt();
		this.limit = run.limit();
		this.outbox = outbox;
	}

	@Override
	public long id() {
		return this.task;
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public @Nullable Instant deadline() {
		return (this.limit > 0) ? Instant.now().plusNanos(this.limit - (System.nanoTime() - this.startedAt)) : null;
	}

	@Override
	public void progress(double fraction, @Nullable String message) {
		TaskProgress progress = new TaskProgress(fraction, message);
		if (CurrentTask.id() == this.task) {
			this.outbox.progress(new Frame.Progress(this.task, progress.fraction(), progress.message()));
		}
	}

}
