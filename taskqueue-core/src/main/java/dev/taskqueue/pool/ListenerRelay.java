package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the user's listeners, and what follows single tasks, in order, on a thread of
 * their own. Bounded: what does not fit is dropped, counted, and said when there is room
 * again. Only the end of an attempt whose start was told is never dropped, and there are
 * no more of these than attempts under way. Notices come from the supervisor, which never
 * waits here. Where nobody is to be told it does nothing and has no thread.
 */
final class ListenerRelay {

	static final int MOST_EVENTS = 10_000;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final String queue;

	private final List<TaskQueueListener> listeners;

	private final Executor thread;

	private final AtomicLong pending = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	/** Whether there ever was something to tell. */
	private volatile boolean used;

	ListenerRelay(String queue, List<TaskQueueListener> listeners) {
		this(queue, listeners, DaemonThreads.single("taskqueue-" + queue + "-listeners"));
	}

	/**
	 * Create a relay.
	 * @param queue the queue's name
	 * @param listeners told in this order
	 * @param thread does what it is given in order, one at a time
	 */
	ListenerRelay(String queue, List<TaskQueueListener> listeners, Executor thread) {
		this.queue = queue;
		this.listeners = listeners;
		this.thread = thread;
	}

	/** Have it told. Never blocks. */
	void notice(Notice notice) {
		PoolHandle<?> task = (notice instanceof Notice.OfTask ofTask) ? ofTask.task() : null;
		TaskQueueListener follower = (task != null) ? task.follower() : null;
		if (this.listeners.isEmpty() && follower == null) {
			return;
		}
		boolean fits = this.pending.incrementAndGet() <= MOST_EVENTS;
		if (task != null) {
			boolean owed = task.startTold;
			task.startTold = notice instanceof Notice.TaskStarted && (fits || owed);
			fits |= owed;
			if (notice instanceof Notice.TaskFinished) {
				task.follower(null);
			}
		}
		if (!fits) {
			this.pending.decrementAndGet();
			this.dropped.incrementAndGet();
			return;
		}
		this.used = true;
		this.thread.execute(() -> {
			this.pending.decrementAndGet();
			tellAll(notice, follower);
			long lost = this.dropped.getAndSet(0);
			if (lost > 0) {
				logger.warn("Queue '{}': its listeners are too slow, {} events were not told to them", this.queue,
						lost);
			}
		});
	}

	/** Completed when everything noticed so far is told. */
	CompletableFuture<Void> flushed() {
		if (!this.used) {
			return CompletableFuture.completedFuture(null);
		}
		return CompletableFuture.runAsync(() -> {
			// Its turn comes after everything before it
		}, this.thread);
	}

	private void tellAll(Notice notice, @Nullable TaskQueueListener follower) {
		this.listeners.forEach((listener) -> tell(notice, listener));
		if (follower != null) {
			tell(notice, follower);
		}
	}

	private void tell(Notice notice, TaskQueueListener listener) {
		try {
			if (notice instanceof Notice.OfTask ofTask) {
				tell(ofTask, event(ofTask), listener);
			}
			else if (notice instanceof Notice.WorkerReady ready) {
				listener.workerReady(this.queue, ready.pid(), Duration.ofNanos(ready.startupNanos()));
			}
			else if (notice instanceof Notice.WorkerRecycled recycled) {
				listener.workerRecycled(this.queue, recycled.pid(), recycled.why());
			}
			else if (notice instanceof Notice.WorkerKilled killed) {
				listener.workerKilled(this.queue, killed.pid(), killed.why());
			}
			else if (notice instanceof Notice.WorkerLost lost) {
				listener.workerCrashed(this.queue, lost.report());
			}
			else if (notice instanceof Notice.LaunchFailed failed) {
				listener.launchFailed(this.queue, failed.report());
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error("Queue '{}': listener {} fails and has missed an event", this.queue,
					listener.getClass().getName(), ex);
		}
	}

	private static void tell(Notice.OfTask notice, TaskEvent event, TaskQueueListener listener) {
		if (notice instanceof Notice.TaskStarted) {
			listener.taskStarted(event);
		}
		else if (notice instanceof Notice.TaskRetried retried) {
			listener.taskRetried(event, end(retried.outcome(), retried.task()), Duration.ofNanos(retried.retryNanos()));
		}
		else if (notice instanceof Notice.TaskFinished finished) {
			listener.taskFinished(event, end(finished.outcome(), finished.task()));
		}
	}

	private TaskEvent event(Notice.OfTask notice) {
		PoolHandle<?> task = notice.task();
		return new TaskEvent(this.queue, task.id(), task.description(), task.type(), notice.attempt(), notice.pid(),
				Duration.ofNanos(notice.waitedNanos()), Duration.ofNanos(notice.runNanos()));
	}

	private static TaskEvent.End end(Outcome outcome, PoolHandle<?> task) {
		boolean succeeded = outcome.state() == TaskState.SUCCEEDED;
		return new TaskEvent.End(outcome.state(), succeeded ? null : OutcomeExceptions.of(outcome, task));
	}

}
