package dev.taskqueue.pool;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.CrashReport;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerExit;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of workers that have ended, for whoever looks at the queue: how many for
 * which reason, the last crashes, and the last launch if it failed. Owned by the
 * supervisor.
 */
final class EndedWorkers {

	/** What a report holds is bounded too: some kilobytes of last lines. */
	static final int MOST_CRASHES = 10;

	private record Crash(long endedAt, @Nullable Long taskId, CrashReport report) {

		WorkerCrash shown(long nanos, Instant wallClock) {
			return new WorkerCrash(wallClock.plusNanos(this.endedAt - nanos), this.taskId, this.report);
		}

	}

	/**
	 * All of it at one moment.
	 *
	 * @param exits how many workers have ended for which reason
	 * @param crashes the last crashes, oldest first
	 * @param failedLaunch the last launch, if it failed
	 */
	record View(Map<WorkerExit, Long> exits, List<WorkerCrash> crashes, @Nullable WorkerCrash failedLaunch) {
	}

	private final Map<WorkerExit, Long> exits = new EnumMap<>(WorkerExit.class);

	private final ArrayDeque<Crash> crashes = new ArrayDeque<>(MOST_CRASHES);

	private @Nullable Crash failedLaunch;

	void count(WorkerExit reason) {
		this.exits.merge(reason, 1L, Long::sum);
	}

	void crashed(@Nullable PoolTask task, CrashReport report, long now) {
		if (this.crashes.size() == MOST_CRASHES) {
			this.crashes.removeFirst();
		}
		this.crashes.addLast(new Crash(now, (task != null) ? task.id() : null, report));
	}

	void launchFailed(CrashReport report, long now) {
		this.failedLaunch = new Crash(now, null, report);
	}

	/** A worker has come up, or the queue is started anew. */
	void forgetFailedLaunch() {
		this.failedLaunch = null;
	}

	/**
	 * Picture it.
	 * @param nanos a moment on the monotonic clock
	 * @param wallClock the same moment on the wall
	 * @return an immutable view, but for the map
	 */
	View view(long nanos, Instant wallClock) {
		return new View(this.exits, this.crashes.stream().map((crash) -> crash.shown(nanos, wallClock)).toList(),
				(this.failedLaunch != null) ? this.failedLaunch.shown(nanos, wallClock) : null);
	}

}
