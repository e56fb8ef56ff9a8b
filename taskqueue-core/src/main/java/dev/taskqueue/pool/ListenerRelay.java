package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskState;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the user's listeners, in order, on a thread of their own. Bounded: what does not
 * fit is dropped, counted, and said when there is room again. Notices come from the
 * supervisor, which never waits here. Without listeners it does nothing and has no
 * thread.
 */
final class ListenerRelay {

	static final int MOST_EVENTS = 10_000;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final String queue;

	private final List<TaskQueueListener> listeners;

	private final ThreadPoolExecutor thread;

	private final AtomicLong pending = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	ListenerRelay(String queue, List<TaskQueueListener> listeners) {
		this.queue = queue;
		this.listeners = listeners;
		this.thread = DaemonThreads.single("taskqueue-" + queue + "-listeners");
	}

	/** Have it told. Never blocks. */
	void notice(Notice notice) {
		if (this.listeners.isEmpty()) {
			return;
		}
		if (this.pending.incrementAndGet() > MOST_EVENTS) {
			this.pending.decrementAndGet();
			this.dropped.incrementAndGet();
			return;
		}
		this.thread.execute(() -> {
			this.pending.decrementAndGet();
			tell(notice);
			long lost = this.dropped.getAndSet(0);
			if (lost > 0) {
				logger.warn("Queue '{}': its listeners are too slow, {} events were not told to them", this.queue,
						lost);
			}
		});
	}

	/** Completed when everything noticed so far is told. */
	CompletableFuture<Void> flushed() {
		if (this.listeners.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		return CompletableFuture.runAsync(() -> {
			// Its turn comes after everything before it
		}, this.thread);
	}

	private void tell(Notice notice) {
		if (notice instanceof Notice.TaskStarted started) {
			tell((listener) -> listener
				.taskStarted(event(started.task(), started.attempt(), started.pid(), started.waitedNanos(), 0)));
		}
		else if (notice instanceof Notice.TaskRetried retried) {
			TaskEvent event = event(retried.task(), retried.attempt(), retried.pid(), retried.waitedNanos(),
					retried.runNanos());
			tell((listener) -> listener.taskRetried(event, end(retried.outcome(), retried.task()),
					Duration.ofNanos(retried.retryNanos())));
		}
		else if (notice instanceof Notice.TaskFinished finished) {
			TaskEvent event = event(finished.task(), finished.attempt(), finished.pid(), finished.waitedNanos(),
					finished.runNanos());
			tell((listener) -> listener.taskFinished(event, end(finished.outcome(), finished.task())));
		}
		else if (notice instanceof Notice.WorkerReady ready) {
			tell((listener) -> listener.workerReady(this.queue, ready.pid(), Duration.ofNanos(ready.startupNanos())));
		}
		else if (notice instanceof Notice.WorkerRecycled recycled) {
			tell((listener) -> listener.workerRecycled(this.queue, recycled.pid(), recycled.why()));
		}
		else if (notice instanceof Notice.WorkerKilled killed) {
			tell((listener) -> listener.workerKilled(this.queue, killed.pid(), killed.why()));
		}
		else if (notice instanceof Notice.WorkerLost lost) {
			tell((listener) -> listener.workerCrashed(this.queue, lost.report()));
		}
		else if (notice instanceof Notice.LaunchFailed failed) {
			tell((listener) -> listener.launchFailed(this.queue, failed.report()));
		}
	}

	private void tell(Consumer<TaskQueueListener> event) {
		for (TaskQueueListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				logger.error("Queue '{}': listener {} fails and has missed an event", this.queue,
						listener.getClass().getName(), ex);
			}
		}
	}

	private TaskEvent event(PoolHandle<?> task, int attempt, long pid, long waited, long ran) {
		return new TaskEvent(this.queue, task.id(), task.description(), task.type(), attempt, pid,
				Duration.ofNanos(waited), Duration.ofNanos(ran));
	}

	private static TaskEvent.End end(Outcome outcome, PoolHandle<?> task) {
		boolean succeeded = outcome.state() == TaskState.SUCCEEDED;
		return new TaskEvent.End(outcome.state(), succeeded ? null : OutcomeExceptions.of(outcome, task));
	}

}
