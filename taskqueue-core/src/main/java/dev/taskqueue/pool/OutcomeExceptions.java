package dev.taskqueue.pool;

import java.util.Locale;

import dev.taskqueue.CrashReport;
import dev.taskqueue.StartFailure;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerCrashedException;
import org.jspecify.annotations.Nullable;

/**
 * The exception that stands for an outcome. A new one for every caller, so that its trace
 * is the caller's.
 */
final class OutcomeExceptions {

	/** What, where and in which frame: the rest is in the report. */
	private static final int ERROR_FILE_LINES = 8;

	private OutcomeExceptions() {
	}

	static TaskQueueException of(Outcome outcome, PoolHandle<?> handle) {
		if (outcome instanceof Outcome.Failed failed) {
			String thrown = (failed.message() != null) ? failed.className() + ": " + failed.message()
					: failed.className();
			return new TaskFailedException("%s failed: %s".formatted(capitalized(handle), thrown), failed.className(),
					failed.message(), failed.trace());
		}
		if (outcome instanceof Outcome.TimedOut timedOut) {
			String did = switch (timedOut.limit()) {
				case TIMEOUT -> "ran longer than its timeout of ";
				case SOFT_TIMEOUT -> "ran longer than its soft timeout of ";
				case QUEUE_TIMEOUT -> "waited longer than its queue timeout of ";
			};
			return new TaskTimeoutException("%s %s%s".formatted(capitalized(handle), did, timedOut.duration()),
					timedOut.limit(), timedOut.duration(), timedOut.trace());
		}
		if (outcome instanceof Outcome.Crashed crashed) {
			return new WorkerCrashedException(
					"%s ended with its worker process: %s".formatted(capitalized(handle), text(crashed.report())),
					crashed.report());
		}
		if (outcome instanceof Outcome.Cancelled cancelled) {
			return new TaskCancelledException("%s was cancelled %s".formatted(capitalized(handle), cancelled.why()));
		}
		throw new IllegalArgumentException(outcome + " is no failure");
	}

	/**
	 * A crash in one sentence, with what the process last wrote.
	 * @param report the report
	 * @return a text for logs and messages
	 */
	static String text(CrashReport report) {
		return text(report, report.detail());
	}

	/** The same without what the report's {@link StartFailure} has said already. */
	static String textBeside(StartFailure told, CrashReport report) {
		String detail = report.detail();
		return text(report, (detail != null && told.description().contains(detail)) ? null : detail);
	}

	private static String text(CrashReport report, @Nullable String detail) {
		StringBuilder text = new StringBuilder(report.reason().name());
		if (report.pid() >= 0) {
			text.append(", pid ").append(report.pid());
		}
		if (report.signal() != null) {
			text.append(", ").append(report.signal());
		}
		else if (report.exitCode() != null) {
			text.append(", exit code ").append(report.exitCode());
		}
		text.append(String.format(Locale.ROOT, ", after %.1f s and %d tasks", report.uptime().toMillis() / 1000.0,
				report.tasksServed()));
		if (detail != null) {
			text.append(": ").append(detail);
		}
		report.stderrTail().forEach((line) -> text.append(System.lineSeparator()).append("  stderr: ").append(line));
		if (report.errorFileHead() != null) {
			report.errorFileHead()
				.lines()
				.filter((line) -> !line.matches("[#\\s]*"))
				.limit(ERROR_FILE_LINES)
				.forEach((line) -> text.append(System.lineSeparator())
					.append("  error file: ")
					.append(Printable.line(line)));
		}
		return text.toString();
	}

	private static String capitalized(PoolHandle<?> handle) {
		String text = handle.toString();
		return Character.toUpperCase(text.charAt(0)) + text.substring(1);
	}

}
