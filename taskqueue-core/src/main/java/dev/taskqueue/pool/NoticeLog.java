package dev.taskqueue.pool;

import java.util.concurrent.TimeUnit;

import dev.taskqueue.CrashReason;
import dev.taskqueue.StartFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Words for notices. Workers' lives go to {@code dev.taskqueue.worker}, tasks' to
 * {@code dev.taskqueue.task}.
 */
final class NoticeLog {

	private static final Logger workers = LoggerFactory.getLogger("dev.taskqueue.worker");

	private static final Logger tasks = LoggerFactory.getLogger("dev.taskqueue.task");

	private final String queue;

	private @Nullable StartFailure lastStartFailure;

	NoticeLog(String queue) {
		this.queue = queue;
	}

	/** Whether logging it would say anything. Keeps the fast path fast. */
	boolean isWanted(Notice notice) {
		if (notice instanceof Notice.TaskStarted) {
			return tasks.isDebugEnabled();
		}
		if (notice instanceof Notice.TaskFinished finished) {
			return isFailure(finished) || tasks.isDebugEnabled();
		}
		return true;
	}

	void log(Notice notice) {
		MDC.put("taskqueue.queue", this.queue);
		try {
			write(notice);
		}
		finally {
			MDC.remove("taskqueue.queue");
		}
	}

	private void write(Notice notice) {
		if (notice instanceof Notice.WorkerReady ready) {
			this.lastStartFailure = null;
			workers.info("Queue '{}': worker {} is ready after {} ms", this.queue, ready.pid(),
					TimeUnit.NANOSECONDS.toMillis(ready.startupNanos()));
		}
		else if (notice instanceof Notice.WorkerRecycled recycled) {
			workers.info("Queue '{}': worker {} leaves after {} tasks: {}", this.queue, recycled.pid(),
					recycled.served(), recycled.why());
		}
		else if (notice instanceof Notice.WorkerDismissed dismissed) {
			workers.debug("Queue '{}': {} is killed, not needed any more: {}", this.queue, name(dismissed.pid()),
					dismissed.why());
		}
		else if (notice instanceof Notice.WorkerKilled killed) {
			workers.warn("Queue '{}': {} is killed: {}", this.queue, name(killed.pid()), killed.why());
		}
		else if (notice instanceof Notice.WorkerLost lost) {
			lost(lost);
		}
		else if (notice instanceof Notice.LaunchFailed failed) {
			launchFailed(failed);
		}
		else if (notice instanceof Notice.StrangerTurnedAway stranger) {
			workers.warn("Queue '{}': a connection to the workers' socket is turned away: {}", this.queue,
					stranger.why());
		}
		else if (notice instanceof Notice.Fault fault) {
			workers.error("Queue '{}': the supervisor met a fault of its own and goes on; please report it", this.queue,
					fault.thrown());
		}
		else if (notice instanceof Notice.TaskStarted started) {
			tasks.debug("Started {} in {}", started.task(), where(started.pid()));
		}
		else if (notice instanceof Notice.TaskRetried retried) {
			tasks.warn("In {}, attempt {}, the next one in {} ms: {}", where(retried.pid()), retried.attempt(),
					TimeUnit.NANOSECONDS.toMillis(retried.retryNanos()),
					OutcomeExceptions.of(retried.outcome(), retried.task()).getMessage());
		}
		else if (notice instanceof Notice.TaskFinished finished) {
			finished(finished);
		}
	}

	/** What to change is said once, until a worker is ready or the reason is another. */
	private void launchFailed(Notice.LaunchFailed failed) {
		StartFailure why = StartFailure.of(failed.report());
		long retryMillis = TimeUnit.NANOSECONDS.toMillis(failed.retryNanos());
		if (why.equals(this.lastStartFailure)) {
			workers.warn("Queue '{}': still no worker ({} in a row; next try in {} ms). {}", this.queue,
					failed.inARow(), retryMillis, why.description().lines().findFirst().orElse(""));
			return;
		}
		this.lastStartFailure = why;
		workers.error("Queue '{}': a worker did not come up; next try in {} ms. {} {} {}", this.queue, retryMillis,
				why.description(), why.action(), OutcomeExceptions.textBeside(why, failed.report()));
	}

	/** Where a task was with it, the report is told with that, and only there. */
	private void lost(Notice.WorkerLost lost) {
		if (lost.task() != null) {
			workers.warn("Queue '{}': worker {} ended unexpectedly under {} and is replaced: {}", this.queue,
					lost.report().pid(), lost.task(), lost.report().reason());
		}
		else {
			workers.warn("Queue '{}': worker {} ended unexpectedly and is replaced: {}", this.queue,
					lost.report().pid(), OutcomeExceptions.text(lost.report()));
		}
	}

	private void finished(Notice.TaskFinished finished) {
		long millis = TimeUnit.NANOSECONDS.toMillis(finished.runNanos());
		if (isFailure(finished)) {
			String text = String.valueOf(OutcomeExceptions.of(finished.outcome(), finished.task()).getMessage());
			if (isStartFailure(finished.outcome())) {
				// Thousands can have waited for the worker whose failure is told already
				text = text.lines().findFirst().orElse(text);
			}
			String trace = traceOf(finished.outcome());
			tasks.error("In {} after {} ms: {}", where(finished.pid()), millis, LogSink.text(text, trace));
		}
		else {
			tasks.debug("Finished {} in {} after {} ms: {}", finished.task(), where(finished.pid()), millis,
					finished.outcome().state());
		}
	}

	private static boolean isStartFailure(Outcome outcome) {
		return outcome instanceof Outcome.Crashed crashed && crashed.report().reason() == CrashReason.START_FAILED;
	}

	private static @Nullable String traceOf(Outcome outcome) {
		if (outcome instanceof Outcome.TimedOut timedOut) {
			return timedOut.trace();
		}
		return (outcome instanceof Outcome.Failed failed) ? failed.trace() : null;
	}

	private static String where(long pid) {
		return (pid >= 0) ? "worker " + pid : "no worker";
	}

	private static String name(long pid) {
		return (pid >= 0) ? "worker " + pid : "a worker that was starting";
	}

	/** A cancelled task is no failure: somebody wanted it. */
	private static boolean isFailure(Notice.TaskFinished finished) {
		return !(finished.outcome() instanceof Outcome.Succeeded || finished.outcome() instanceof Outcome.Cancelled);
	}

}
