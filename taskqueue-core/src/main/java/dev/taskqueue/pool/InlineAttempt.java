package dev.taskqueue.pool;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import dev.taskqueue.BeanSource;
import dev.taskqueue.TaskContext;
import dev.taskqueue.TaskContextHolder;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.worker.TaskCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One attempt at a task in the calling thread: what a worker does with it, and then the
 * thread is as before. Its fields are guarded by the engine's lock.
 */
final class InlineAttempt {

	final int worker;

	final Frame.Run run;

	private final @Nullable ClassLoader loader;

	/** Who runs it, while it does. */
	@Nullable Thread thread;

	InlineAttempt(int worker, PoolTask task) {
		this.worker = worker;
		this.run = new Frame.Run(task.id(), task.placed().slot, task.callable, task.attempt + 1,
				task.spec.limits().first(), task.mdc, task.payload());
		this.loader = task.handle.loader();
	}

	/** Run it. Not under the lock. */
	Frame execute(int maxPayload, BeanSource beans, Consumer<Frame.Progress> progress) {
		Map<String, String> mdc = MDC.getCopyOfContextMap();
		TaskContext context = TaskContextHolder.get();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		MDC.setContextMap(this.run.mdc());
		TaskContextHolder.set(new Context(this.run, Instant.now(), progress));
		Thread.currentThread().setContextClassLoader(this.loader);
		try {
			return TaskCall.outcomeOf(this.run, this.loader, maxPayload, beans);
		}
		finally {
			MDC.setContextMap((mdc != null) ? mdc : Map.of());
			TaskContextHolder.set(context);
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	/** What the task can know and say of itself. */
	private record Context(Frame.Run run, Instant startedAt, Consumer<Frame.Progress> listener) implements TaskContext {

		@Override
		public long id() {
			return this.run.task();
		}

		@Override
		public int attempt() {
			return this.run.attempt();
		}

		@Override
		public @Nullable Instant deadline() {
			return (this.run.limit() > 0) ? this.startedAt.plusNanos(this.run.limit()) : null;
		}

		@Override
		public void progress(double fraction, @Nullable String message) {
			TaskProgress progress = new TaskProgress(fraction, message);
			this.listener.accept(new Frame.Progress(id(), progress.fraction(), progress.message()));
		}

	}

}
