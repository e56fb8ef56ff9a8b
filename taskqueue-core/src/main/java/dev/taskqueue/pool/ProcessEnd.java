package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a process that has ended, or that could not be started.
 *
 * @param reason why, as far as the process itself tells
 * @param pid its id, -1 if there was no process
 * @param exitCode as the JDK reports it
 * @param signal the signal that ended it
 * @param stderrTail its last words
 * @param errorFileHead head of the JVM's error file
 * @param startReport what it said of its start, if it was never ready
 */
record ProcessEnd(CrashReason reason, long pid, @Nullable Integer exitCode, @Nullable String signal,
		List<String> stderrTail, @Nullable String errorFileHead, @Nullable String startReport) {

	ProcessEnd(CrashReason reason, long pid, @Nullable Integer exitCode, @Nullable String signal,
			List<String> stderrTail, @Nullable String errorFileHead) {
		this(reason, pid, exitCode, signal, stderrTail, errorFileHead, null);
	}

	/** There was no process. */
	static ProcessEnd notStarted(String why) {
		return new ProcessEnd(CrashReason.START_FAILED, -1, null, null, List.of(why), null);
	}

	/** The same, with other last words. */
	ProcessEnd saying(List<String> lines) {
		return new ProcessEnd(this.reason, this.pid, this.exitCode, this.signal, lines, this.errorFileHead,
				this.startReport);
	}

	/** The same, with what it said of its start. */
	ProcessEnd because(@Nullable String report) {
		return new ProcessEnd(this.reason, this.pid, this.exitCode, this.signal, this.stderrTail, this.errorFileHead,
				report);
	}

	CrashReport report(CrashReason as, long uptimeNanos, long served) {
		return new CrashReport(as, this.pid, this.exitCode, this.signal, Duration.ofNanos(uptimeNanos), served,
				this.stderrTail, this.errorFileHead, this.startReport);
	}

}
