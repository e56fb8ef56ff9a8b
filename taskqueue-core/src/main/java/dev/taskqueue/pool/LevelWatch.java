package dev.taskqueue.pool;

import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Notices when the application's log levels change, by looking once a second: no logging
 * library tells all of it, and to ask costs some microseconds. Has a thread of its own
 * from {@link #start} to {@link #stop}, both called by the supervisor.
 */
final class LevelWatch {

	private static final long PERIOD_MILLIS = 1000;

	private final String queue;

	private final Supplier<Map<String, String>> levels;

	/** Told of new levels, on this watch's thread. */
	private final Consumer<Map<String, String>> changed;

	private @Nullable ScheduledThreadPoolExecutor thread;

	/** What was last seen. Written by the thread, and before it starts. */
	private volatile Map<String, String> known = Map.of();

	LevelWatch(String queue, Supplier<Map<String, String>> levels, Consumer<Map<String, String>> changed) {
		this.queue = queue;
		this.levels = levels;
		this.changed = changed;
	}

	void start() {
		if (this.thread == null) {
			this.known = this.levels.get();
			ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1,
					(work) -> DaemonThreads.create("taskqueue-" + this.queue + "-levels", work));
			var unused = started.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS,
					TimeUnit.MILLISECONDS);
			this.thread = started;
		}
	}

	/** What was last seen: the same object until they change. */
	Map<String, String> known() {
		return this.known;
	}

	void stop() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	private void look() {
		Map<String, String> now = this.levels.get();
		if (!now.equals(this.known)) {
			this.known = now;
			this.changed.accept(now);
		}
	}

}
