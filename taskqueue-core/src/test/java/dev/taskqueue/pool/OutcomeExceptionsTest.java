package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerCrashedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a user reads when a task did not succeed.
 */
class OutcomeExceptionsTest {

	private static final String TASK = "Task 3 'task' of queue 'mail' ";

	private final PoolHandle<?> handle = WaitingTasks.task(3, 0).handle;

	@Test
	void aFailureNamesWhatWasThrown() {
		assertThat(OutcomeExceptions.of(new Outcome.Failed("com.acme.Oops", "no", "trace"), this.handle))
			.isInstanceOfSatisfying(TaskFailedException.class, (ex) -> {
				assertThat(ex).hasMessage(TASK + "failed: com.acme.Oops: no");
				assertThat(ex.exceptionClassName()).isEqualTo("com.acme.Oops");
				assertThat(ex.exceptionMessage()).isEqualTo("no");
				assertThat(ex.remoteTrace()).isEqualTo("trace");
			});
	}

	@Test
	void aFailureWithoutAMessageNamesTheClass() {
		assertThat(OutcomeExceptions.of(new Outcome.Failed("com.acme.Oops", null, ""), this.handle))
			.hasMessage(TASK + "failed: com.acme.Oops");
	}

	@Test
	void aTimeoutSaysWhichLimit() {
		assertThat(OutcomeExceptions.of(new Outcome.TimedOut(TimeLimit.TIMEOUT, Duration.ofSeconds(2), "at x"),
				this.handle))
			.isInstanceOfSatisfying(TaskTimeoutException.class, (ex) -> {
				assertThat(ex).hasMessage(TASK + "ran longer than its timeout of PT2S");
				assertThat(ex.remoteTrace()).isEqualTo("at x");
				assertThat(ex).cause().hasToString("in the worker: at x");
				assertThat(ex.limit()).isEqualTo(TimeLimit.TIMEOUT);
				assertThat(ex.duration()).isEqualTo(Duration.ofSeconds(2));
			});
		assertThat(OutcomeExceptions.of(new Outcome.TimedOut(TimeLimit.QUEUE_TIMEOUT, Duration.ofSeconds(2), null),
				this.handle))
			.hasMessage(TASK + "waited longer than its queue timeout of PT2S");
	}

	@Test
	void aCrashSaysHowTheProcessEnded() {
		CrashReport report = new CrashReport(CrashReason.KILLED, 4711, 137, "SIGKILL", Duration.ofSeconds(12), 5,
				List.of("last", "words"), null, null);
		assertThat(OutcomeExceptions.of(new Outcome.Crashed(report), this.handle))
			.isInstanceOfSatisfying(WorkerCrashedException.class, (ex) -> {
				assertThat(String.valueOf(ex.getMessage()).lines()).containsExactly(
						TASK + "ended with its worker process: KILLED, pid 4711, SIGKILL, after 12.0 s and 5 tasks",
						"  stderr: last", "  stderr: words");
				assertThat(ex.reason()).isEqualTo(CrashReason.KILLED);
				assertThat(ex.report()).isSameAs(report);
			});
	}

	@Test
	void aNativeCrashShowsWhatTheErrorFileOpensWith() {
		String head = "#\n# SIGSEGV (0xb) at pc=0x1\n#\n# Problematic frame:\n# C  [lib\u0007.so]\n"
				+ "line\n".repeat(30);
		CrashReport report = new CrashReport(CrashReason.NATIVE_CRASH, 4711, 1, null, Duration.ZERO, 0, List.of(), head,
				null);
		assertThat(OutcomeExceptions.text(report).lines()).hasSize(9)
			.startsWith("NATIVE_CRASH, pid 4711, exit code 1, after 0.0 s and 0 tasks",
					"  error file: # SIGSEGV (0xb) at pc=0x1", "  error file: # Problematic frame:",
					"  error file: # C  [lib\\u0007.so]");
	}

	@Test
	void aCrashWithoutASignalShowsTheExitCode() {
		CrashReport report = new CrashReport(CrashReason.EXITED, 4711, 0, null, Duration.ZERO, 0, List.of(), null,
				null);
		assertThat(OutcomeExceptions.text(report)).isEqualTo("EXITED, pid 4711, exit code 0, after 0.0 s and 0 tasks");
	}

	@Test
	void aCrashWithoutAProcessShowsNeither() {
		CrashReport report = ProcessEnd.notStarted("no java").report(CrashReason.START_FAILED, 0, 0);
		assertThat(OutcomeExceptions.text(report).lines()).containsExactly("START_FAILED, after 0.0 s and 0 tasks",
				"  stderr: no java");
	}

	@Test
	void aCancelledTaskSaysWhen() {
		assertThat(OutcomeExceptions.of(new Outcome.Cancelled("while it ran"), this.handle))
			.isInstanceOf(TaskCancelledException.class)
			.hasMessage(TASK + "was cancelled while it ran");
	}

	@Test
	void successIsNoException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OutcomeExceptions.of(new Outcome.Succeeded(new byte[0]), this.handle));
	}

	@Test
	void aReportsLinesCannotBeChangedAfterwards() {
		List<String> lines = new java.util.ArrayList<>(List.of("a"));
		CrashReport report = new CrashReport(CrashReason.EXITED, 1, 0, null, Duration.ZERO, 0, lines, null, null);
		lines.add("b");
		assertThat(report.stderrTail()).containsExactly("a");
	}

}
