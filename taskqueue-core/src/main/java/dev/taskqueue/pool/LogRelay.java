package dev.taskqueue.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjIntConsumer;

import dev.taskqueue.wire.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.EventConstants;

/**
 * Brings everything the pool and its workers have to say into the application's logging,
 * on one thread of its own, because an appender may be slow. What workers send is bounded
 * by their credit, raw output by the pumps' permits; notices by a count, and what is over
 * it is counted and said.
 */
final class LogRelay {

	private static final int MOST_NOTICES = 10_000;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final String queue;

	private final LogSink sink = LogSink.create();

	private final ThreadPoolExecutor thread;

	private final NoticeLog notices;

	private final LoggerNames names;

	private final AtomicLong pendingNotices = new AtomicLong();

	private final AtomicLong droppedNotices = new AtomicLong();

	/** Takes bytes of LOG frames to credit to a worker. */
	private final ObjIntConsumer<WorkerLink> creditor;

	LogRelay(String queue, ObjIntConsumer<WorkerLink> creditor) {
		this.queue = queue;
		this.creditor = creditor;
		this.notices = new NoticeLog(queue);
		this.names = new LoggerNames(queue);
		this.thread = DaemonThreads.single("taskqueue-" + queue + "-log");
	}

	Map<String, String> levels() {
		return this.sink.levels();
	}

	/** A LOG frame. Never blocks. */
	void frame(WorkerLink worker, Frame.Log event, int bytes) {
		this.thread.execute(() -> {
			try {
				append(worker, event);
			}
			finally {
				credit(worker, bytes);
			}
		});
	}

	/** A line of raw output; {@code done} runs when it is appended. */
	void line(WorkerLink worker, boolean error, String text, Runnable done) {
		int level = error ? EventConstants.WARN_INT : EventConstants.INFO_INT;
		if (error && text.startsWith("Picked up ") && text.contains("_OPTIONS: ")) {
			level = EventConstants.DEBUG_INT; // every JVM says so at every start
		}
		String name = error ? Frame.Log.STANDARD_ERROR : Frame.Log.STANDARD_OUTPUT;
		Frame.Log event = new Frame.Log(worker.currentTask, level, System.currentTimeMillis(), name,
				Thread.currentThread().getName(), text, null, Map.of());
		this.thread.execute(() -> {
			try {
				append(worker, event);
			}
			finally {
				done.run();
			}
		});
	}

	/** Something worth telling. Never blocks. */
	void notice(Notice notice) {
		if (!this.notices.isWanted(notice)) {
			return;
		}
		if (this.pendingNotices.incrementAndGet() > MOST_NOTICES) {
			this.pendingNotices.decrementAndGet();
			this.droppedNotices.incrementAndGet();
			return;
		}
		this.thread.execute(() -> {
			this.pendingNotices.decrementAndGet();
			this.notices.log(notice);
			long dropped = this.droppedNotices.getAndSet(0);
			if (dropped > 0) {
				logger.warn("Queue '{}': logging is too slow, {} events of tasks and workers were not logged",
						this.queue, dropped);
			}
		});
	}

	/** Completed when everything said so far is appended. */
	CompletableFuture<Void> flushed() {
		return CompletableFuture.runAsync(() -> {
			// Its turn comes after everything before it
		}, this.thread);
	}

	private void append(WorkerLink worker, Frame.Log event) {
		Map<String, String> context = new HashMap<>(event.mdc());
		context.put("taskqueue.queue", this.queue);
		context.put("taskqueue.worker", Long.toString(worker.pid));
		if (event.task() > 0) {
			context.put("taskqueue.task", Long.toString(event.task()));
		}
		try {
			this.sink.log(this.names.bounded(event), context);
		}
		catch (RuntimeException ex) {
			logger.error("Queue '{}': the application's logging fails on an event of worker {} for logger {}",
					this.queue, worker.pid, event.logger(), ex);
		}
	}

	private void credit(WorkerLink worker, int bytes) {
		if (worker.uncredited.addAndGet(bytes) >= Frame.LOG_CREDIT / 4) {
			this.creditor.accept(worker, worker.uncredited.getAndSet(0));
		}
	}

}
