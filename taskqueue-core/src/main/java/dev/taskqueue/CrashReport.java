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
 * @param signal the name of the signal that ended it, such as {@code SIGKILL}, or
 * {@code null}
 * @param uptime from its launch to its end
 * @param tasksServed tasks it had finished before
 * @param stderrTail the last lines it wrote to its standard error, oldest first
 * @param errorFileHead the head of the JVM's error file, or {@code null}
 */
public record CrashReport(CrashReason reason, long pid, @Nullable Integer exitCode, @Nullable String signal,
		Duration uptime, long tasksServed, List<String> stderrTail,
		@Nullable String errorFileHead) implements Serializable {

	public CrashReport {
		stderrTail = List.copyOf(stderrTail);
	}

}
