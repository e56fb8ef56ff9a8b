package dev.taskqueue.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What this process has to say besides its tasks' outcomes, until the writer takes it. No
 * other frame waits behind log events; log events wait for the parent's credit, and then
 * so does whoever talks. Guarded by its own monitor; any thread.
 */
final class Outbox {

	/** Bytes of log events kept here before the talking thread has to wait. */
	private static final int MOST_LOG_BYTES = 256 << 10;

	/** What the writer takes at once, so that no other frame has long to wait. */
	private static final int LOG_BATCH = 64 << 10;

	/** Between two words on progress: often enough for a person who watches. */
	private static final long PROGRESS_INTERVAL = 50_000_000L;

	/** How long an event that may be the last one is waited for. */
	private static final long LONGEST_HANDOVER = 100_000_000L;

	private final ArrayDeque<Frame> first = new ArrayDeque<>();

	private final ArrayDeque<Frame.Log> logs = new ArrayDeque<>();

	/** Log events so far that were added, taken by the writer, and written. */
	private long logsAdded;

	private long logsTaken;

	private long logsWritten;

	private int logBytes;

	private int credit = Frame.LOG_CREDIT;

	private boolean writing;

	/** The last word on a task's progress; of many, only this one is sent. */
	private Frame.@Nullable Progress progress;

	/** Whether there was a word since the last task ended. */
	private volatile boolean hasProgress;

	/** When the next one may be sent, on the monotonic clock. */
	private long progressAt = System.nanoTime();

	/** Send a frame ahead of all log events. */
	synchronized void send(Frame frame) {
		this.first.addLast(frame);
		notifyAll();
	}

	/** Send a log event. Waits while too many are under way, also when interrupted. */
	synchronized void log(Frame.Log event) {
		boolean interrupted = false;
		while (this.logBytes >= MOST_LOG_BYTES) {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		this.logs.addLast(event);
		this.logsAdded++;
		this.logBytes += sizeOf(event);
		notifyAll();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Send a log event, and wait until it is in the channel: then it outlives this
	 * process. Where the parent gives no credit, that is not waited for.
	 */
	synchronized void logNow(Frame.Log event) {
		log(event);
		long mine = this.logsAdded;
		boolean interrupted = false;
		long deadline = System.nanoTime() + LONGEST_HANDOVER;
		while (this.logsWritten < mine && (this.credit > 0 || this.writing)) {
			long left = (deadline - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				break;
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Tell of a task's progress, now and then. Never waits. */
	synchronized void progress(Frame.Progress latest) {
		this.progress = latest;
		this.hasProgress = true;
		notifyAll();
	}

	/** A task has ended: nobody will ask how far it is. For the task's thread. */
	void endProgress() {
		if (this.hasProgress) {
			synchronized (this) {
				this.progress = null;
				this.hasProgress = false;
			}
		}
	}

	synchronized void credit(int bytes) {
		this.credit += bytes;
		notifyAll();
	}

	/** For the writer: wait for something that may be sent, and take it. */
	synchronized List<Frame> take() throws InterruptedException {
		this.writing = false;
		this.logsWritten = this.logsTaken;
		notifyAll();
		while (this.first.isEmpty() && (this.logs.isEmpty() || this.credit <= 0) && !isProgressDue()) {
			wait(millisToProgress());
		}
		List<Frame> batch = new ArrayList<>(this.first);
		this.first.clear();
		if (this.progress != null && isProgressDue()) {
			batch.add(this.progress);
			this.progress = null;
			this.progressAt = System.nanoTime() + PROGRESS_INTERVAL;
		}
		int bytes = 0;
		while (!this.logs.isEmpty() && this.credit > 0 && bytes < LOG_BATCH) {
			Frame.Log event = this.logs.removeFirst();
			this.logsTaken++;
			batch.add(event);
			int size = sizeOf(event);
			bytes += size;
			this.logBytes -= size;
		}
		this.writing = true;
		notifyAll();
		return batch;
	}

	private boolean isProgressDue() {
		return this.progress != null && System.nanoTime() - this.progressAt >= 0;
	}

	/** As {@code wait} takes it: 0 for ever. */
	private long millisToProgress() {
		return (this.progress != null) ? Math.max(1, (this.progressAt - System.nanoTime()) / 1_000_000 + 1) : 0;
	}

	/** For the writer: what a frame takes on the wire. */
	synchronized void sent(Frame frame, int bytes) {
		if (frame instanceof Frame.Log) {
			this.credit -= bytes;
		}
	}

	/** Wait until everything is written, or for so long. */
	synchronized void awaitEmpty(long millis) {
		long deadline = System.nanoTime() + millis * 1_000_000;
		try {
			while (this.writing || !this.first.isEmpty() || !this.logs.isEmpty()) {
				long left = (deadline - System.nanoTime()) / 1_000_000;
				if (left <= 0) {
					return;
				}
				wait(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** About what an event takes: good enough to bound memory. */
	private static int sizeOf(Frame.Log event) {
		int trace = (event.trace() != null) ? event.trace().length() : 0;
		return 64 + event.message().length() + event.logger().length() + trace;
	}

}
