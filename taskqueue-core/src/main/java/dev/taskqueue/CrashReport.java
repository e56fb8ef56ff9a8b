package dev.taskqueue;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a worker process that ended under its task.
 *
 * @param reason why it ended
 * @param pid its process id; {@code -1} if there was no process
 * @param exitCode its exit code as the JDK reports it ({@code 128 + n} after signal n);
 * {@code null} if there was none
 * @param signal the name of the signal that ended it, such as {@code SIGKILL}, or that a
 * crashing JVM caught, such as {@code SIGSEGV}; {@code null} if there was none
 * @param uptime from its launch to its end
 * @param tasksServed tasks it had finished before
 * @param stderrTail the last lines it wrote to its standard error, oldest first
 * @param errorFileHead the head of the JVM's error file, or {@code null}
 * @param detail what the pool knows besides, such as what was wrong with the channel or
 * how much memory it held, or {@code null}
 */
public record CrashReport(CrashReason reason, long pid, @Nullable Integer exitCode, @Nullable String signal,
		Duration uptime, long tasksServed, List<String> stderrTail, @Nullable String errorFileHead,
		@Nullable String detail) implements Serializable {

	public CrashReport {
		stderrTail = List.copyOf(stderrTail);
	}

	/**
	 * The same process, with another reason.
	 * @param reason why it ended
	 * @param detail what is known besides
	 * @return a copy
	 */
	public CrashReport because(CrashReason reason, String detail) {
		return new CrashReport(reason, this.pid, this.exitCode, this.signal, this.uptime, this.tasksServed,
				this.stderrTail, this.errorFileHead, detail);
	}

}
