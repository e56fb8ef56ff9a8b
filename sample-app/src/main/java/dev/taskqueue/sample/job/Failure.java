package dev.taskqueue.sample.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskState;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.WorkerCrashedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a task has no result, in words for people. Each way a task can fail has an
 * exception of its own.
 *
 * @param state the task's final state
 * @param reason a short name of the cause, for programs
 * @param message what happened, for people
 * @param worker the process that ended with the task, or {@code null} if that is not
 * known
 * @param ending how that process ended, or {@code null}
 * @param details what else is known, for those who look into it
 */
public record Failure(TaskState state, String reason, String message, @Nullable Long worker, @Nullable String ending,
		List<Detail> details) {

	static Failure of(Throwable outcome) {
		if (outcome instanceof TaskFailedException failed) {
			return withoutProcess(TaskState.FAILED, simpleName(failed.exceptionClassName()),
					Objects.requireNonNullElse(failed.exceptionMessage(), failed.exceptionClassName()),
					List.of(new Detail("Trace in the worker", failed.remoteTrace())));
		}
		if (outcome instanceof WorkerCrashedException crashed) {
			return of(crashed.report());
		}
		if (outcome instanceof TaskTimeoutException timedOut) {
			return withoutProcess(TaskState.TIMED_OUT, timedOut.limit().name(), explain(timedOut),
					(timedOut.remoteTrace() != null) ? List.of(new Detail("Where the task was", timedOut.remoteTrace()))
							: List.of());
		}
		if (outcome instanceof TaskCancelledException) {
			return withoutProcess(TaskState.CANCELLED, "CANCELLED", "It was cancelled before it finished.", List.of());
		}
		return withoutProcess(TaskState.FAILED, outcome.getClass().getSimpleName(), outcome.toString(), List.of());
	}

	private static Failure of(CrashReport report) {
		List<Detail> details = new ArrayList<>();
		if (report.detail() != null) {
			details.add(new Detail("What the pool knows", report.detail()));
		}
		if (!report.stderrTail().isEmpty()) {
			details.add(new Detail("Last lines of its standard error", String.join("\n", report.stderrTail())));
		}
		if (report.errorFileHead() != null) {
			details.add(new Detail("Head of the JVM's error file", report.errorFileHead()));
		}
		return new Failure(TaskState.CRASHED, report.reason().name(), explain(report.reason()),
				(report.pid() > 0) ? report.pid() : null, ending(report), details);
	}

	private static @Nullable String ending(CrashReport report) {
		if (report.signal() != null) {
			return report.signal();
		}
		return (report.exitCode() != null) ? "exit code " + report.exitCode() : null;
	}

	private static Failure withoutProcess(TaskState state, String reason, String message, List<Detail> details) {
		return new Failure(state, reason, message, null, null, details);
	}

	private static String explain(CrashReason reason) {
		return switch (reason) {
			case OUT_OF_MEMORY -> "It took more memory than a worker process may have.";
			case EXITED -> "Its worker process left before the task was done.";
			case NATIVE_CRASH -> "Its worker process crashed in native code.";
			case KILLED -> "Its worker process was killed from outside.";
			case CHANNEL_CORRUPT -> "Its worker process could not be understood any more, and was killed.";
			case START_FAILED -> "No worker process could be started.";
		};
	}

	private static String explain(TaskTimeoutException timedOut) {
		String limit = seconds(timedOut.duration());
		return switch (timedOut.limit()) {
			case TIMEOUT -> "It ran longer than the %s it may; its worker process was killed.".formatted(limit);
			case SOFT_TIMEOUT -> "It ran longer than the %s it may, and was interrupted.".formatted(limit);
			case QUEUE_TIMEOUT -> "It waited longer than %s for a worker process.".formatted(limit);
		};
	}

	private static String seconds(Duration duration) {
		long millis = duration.toMillis();
		return (millis % 1000 == 0) ? millis / 1000 + " s" : millis + " ms";
	}

	private static String simpleName(String className) {
		return className.substring(className.lastIndexOf('.') + 1);
	}

	/**
	 * Something to read for whoever wants to know more.
	 *
	 * @param title what it is
	 * @param text the text, of several lines perhaps; it comes from a worker and may say
	 * anything
	 */
	public record Detail(String title, String text) {

	}

}
