package dev.taskqueue.sample.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskQueueListener;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The latest comings and goings of worker processes, of all queues. Thread-safe.
 */
@Component
class WorkerNews implements TaskQueueListener {

	private static final int KEPT = 40;

	private final Deque<Item> items = new ArrayDeque<>();

	private final Clock clock = Clock.systemUTC();

	private long count;

	@Override
	public void workerReady(String queue, long pid, Duration startup) {
		add(Kind.READY, queue, pid, "ready after " + startup.toMillis() + " ms");
	}

	@Override
	public void workerRecycled(String queue, long pid, String why) {
		add(Kind.RECYCLED, queue, pid, why);
	}

	@Override
	public void workerKilled(String queue, long pid, String why) {
		add(Kind.KILLED, queue, pid, why);
	}

	@Override
	public void workerCrashed(String queue, CrashReport report) {
		String ending = (report.signal() != null) ? report.signal() : "exit code " + report.exitCode();
		add(Kind.CRASHED, queue, report.pid(), report.reason() + ", " + ending);
	}

	@Override
	public void launchFailed(String queue, CrashReport report) {
		add(Kind.LAUNCH_FAILED, queue, report.pid(), (report.detail() != null) ? report.detail() : "it did not start");
	}

	synchronized List<Item> newestFirst() {
		return List.copyOf(this.items);
	}

	private synchronized void add(Kind kind, String queue, long pid, String text) {
		this.items.addFirst(new Item(++this.count, this.clock.instant(), kind, queue, (pid > 0) ? pid : null, text));
		if (this.items.size() > KEPT) {
			this.items.removeLast();
		}
	}

	enum Kind {

		READY, RECYCLED, KILLED, CRASHED, LAUNCH_FAILED

	}

	/**
	 * One piece of news.
	 *
	 * @param id ascending
	 * @param at when it happened
	 * @param kind what happened
	 * @param queue the queue's name
	 * @param worker the process, or {@code null} if there was none
	 * @param text why
	 */
	record Item(long id, Instant at, Kind kind, String queue, @Nullable Long worker, String text) {

	}

}
