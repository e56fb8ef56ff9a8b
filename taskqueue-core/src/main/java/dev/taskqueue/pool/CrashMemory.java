package dev.taskqueue.pool;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

import dev.taskqueue.CrashReport;
import dev.taskqueue.WorkerCrash;
import org.jspecify.annotations.Nullable;

/**
 * The last crashes, for whoever looks at the queue. Owned by the supervisor.
 */
final class CrashMemory {

	/** What a report holds is bounded too: some kilobytes of last lines. */
	static final int MOST = 10;

	private record Crash(long endedAt, @Nullable Long taskId, CrashReport report) {
	}

	private final ArrayDeque<Crash> crashes = new ArrayDeque<>(MOST);

	void add(@Nullable PoolTask task, CrashReport report, long now) {
		if (this.crashes.size() == MOST) {
			this.crashes.removeFirst();
		}
		this.crashes.addLast(new Crash(now, (task != null) ? task.id() : null, report));
	}

	/**
	 * Picture the crashes.
	 * @param nanos a moment on the monotonic clock
	 * @param wallClock the same moment on the wall
	 * @return the crashes, oldest first
	 */
	List<WorkerCrash> snapshot(long nanos, Instant wallClock) {
		return this.crashes.stream()
			.map((crash) -> new WorkerCrash(wallClock.plusNanos(crash.endedAt - nanos), crash.taskId, crash.report))
			.toList();
	}

}
