package dev.taskqueue.sample.job;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.ResultUnreadableException;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskState;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.WorkerCrashedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@Test
	void whatTheTaskThrewIsTheReason() {
		assertThat(Failure.of(new TaskFailedException("task 1 failed",
				"dev.taskqueue.sample.thumbnail.NotAnImageException", "'a' is not an image", "at b")))
			.isEqualTo(new Failure(TaskState.FAILED, "NotAnImageException", "'a' is not an image", null, null,
					List.of(new Failure.Detail("Trace in the worker", "at b"))));
	}

	@Test
	void exceptionWithoutMessageIsCalledByItsName() {
		Failure failure = Failure
			.of(new TaskFailedException("task 1 failed", "java.lang.StackOverflowError", null, "trace"));
		assertThat(failure.reason()).isEqualTo("StackOverflowError");
		assertThat(failure.message()).isEqualTo("java.lang.StackOverflowError");
	}

	@ParameterizedTest
	@EnumSource
	void everyCrashIsExplainedAndNamesItsProcess(CrashReason reason) {
		Failure failure = crash(new CrashReport(reason, 4711, 3, null, Duration.ZERO, 0, List.of(), null, null));
		assertThat(failure.state()).isEqualTo(TaskState.CRASHED);
		assertThat(failure.reason()).isEqualTo(reason.name());
		assertThat(failure.message()).endsWith(".");
		assertThat(failure.worker()).isEqualTo(4711);
		assertThat(failure.ending()).isEqualTo("exit code 3");
		assertThat(failure.details()).isEmpty();
	}

	@Test
	void crashTellsWhatTheProcessLeft() {
		Failure failure = crash(new CrashReport(CrashReason.KILLED, 4711, 137, "SIGKILL", Duration.ZERO, 0,
				List.of("first", "last"), "# SIGSEGV", "it held 300 MB"));
		assertThat(failure.ending()).isEqualTo("SIGKILL");
		assertThat(failure.details()).extracting(Failure.Detail::text)
			.containsExactly("it held 300 MB", "first\nlast", "# SIGSEGV");
	}

	@Test
	void workerThatNeverStartedHasNoProcess() {
		Failure failure = crash(
				new CrashReport(CrashReason.START_FAILED, -1, null, null, Duration.ZERO, 0, List.of(), null, null));
		assertThat(failure.worker()).isNull();
		assertThat(failure.ending()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void everyTimeoutSaysHowLong(TimeLimit limit) {
		Failure failure = Failure
			.of(new TaskTimeoutException("task 1 timed out", limit, Duration.ofSeconds(30), "at c"));
		assertThat(failure.state()).isEqualTo(TaskState.TIMED_OUT);
		assertThat(failure.reason()).isEqualTo(limit.name());
		assertThat(failure.message()).contains("30 s");
		assertThat(failure.details()).containsExactly(new Failure.Detail("Where the task was", "at c"));
	}

	@Test
	void shortTimeoutIsInMilliseconds() {
		assertThat(Failure
			.of(new TaskTimeoutException("task 1 timed out", TimeLimit.TIMEOUT, Duration.ofMillis(1500), null)))
			.satisfies((failure) -> assertThat(failure.message()).contains("1500 ms"))
			.satisfies((failure) -> assertThat(failure.details()).isEmpty());
	}

	@Test
	void cancelledTask() {
		assertThat(Failure.of(new TaskCancelledException("task 1 was cancelled")).state())
			.isEqualTo(TaskState.CANCELLED);
	}

	@Test
	void unreadableResultIsAFailure() {
		Failure failure = Failure
			.of(new ResultUnreadableException("the result cannot be read", new IOException("why")));
		assertThat(failure.state()).isEqualTo(TaskState.FAILED);
		assertThat(failure.message()).contains("the result cannot be read");
	}

	private static Failure crash(CrashReport report) {
		return Failure.of(new WorkerCrashedException("worker 4711 crashed", report));
	}

}
