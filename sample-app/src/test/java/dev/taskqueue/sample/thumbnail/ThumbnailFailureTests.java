package dev.taskqueue.sample.thumbnail;

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

class ThumbnailFailureTests {

	@Test
	void whatTheTaskThrewIsTheReason() {
		assertThat(ThumbnailFailure.of(new TaskFailedException("task 1 failed",
				"dev.taskqueue.sample.thumbnail.NotAnImageException", "'a' is not an image", "trace")))
			.isEqualTo(new ThumbnailFailure(TaskState.FAILED, "NotAnImageException", "'a' is not an image", null));
	}

	@Test
	void exceptionWithoutMessageIsCalledByItsName() {
		assertThat(ThumbnailFailure
			.of(new TaskFailedException("task 1 failed", "java.lang.StackOverflowError", null, "trace"))).isEqualTo(
					new ThumbnailFailure(TaskState.FAILED, "StackOverflowError", "java.lang.StackOverflowError", null));
	}

	@ParameterizedTest
	@EnumSource
	void everyCrashIsExplainedAndNamesItsProcess(CrashReason reason) {
		CrashReport report = new CrashReport(reason, 4711, 1, null, Duration.ZERO, 0, List.of(), null, null);
		ThumbnailFailure failure = ThumbnailFailure.of(new WorkerCrashedException("worker 4711 crashed", report));
		assertThat(failure.state()).isEqualTo(TaskState.CRASHED);
		assertThat(failure.reason()).isEqualTo(reason.name());
		assertThat(failure.message()).endsWith(".");
		assertThat(failure.worker()).isEqualTo(4711);
	}

	@Test
	void workerThatNeverStartedHasNoProcess() {
		CrashReport report = new CrashReport(CrashReason.START_FAILED, -1, null, null, Duration.ZERO, 0, List.of(),
				null, null);
		assertThat(ThumbnailFailure.of(new WorkerCrashedException("no worker", report)).worker()).isNull();
	}

	@Test
	void timeoutSaysHowLong() {
		assertThat(ThumbnailFailure
			.of(new TaskTimeoutException("task 1 timed out", TimeLimit.TIMEOUT, Duration.ofSeconds(30), null)))
			.isEqualTo(new ThumbnailFailure(TaskState.TIMED_OUT, "TIMEOUT",
					"It took longer than the 30 seconds one image may take.", null));
	}

	@Test
	void cancelledTask() {
		assertThat(ThumbnailFailure.of(new TaskCancelledException("task 1 was cancelled")).state())
			.isEqualTo(TaskState.CANCELLED);
	}

	@Test
	void unreadableResultIsAFailure() {
		ThumbnailFailure failure = ThumbnailFailure
			.of(new ResultUnreadableException("the result cannot be read", new IOException("why")));
		assertThat(failure.state()).isEqualTo(TaskState.FAILED);
		assertThat(failure.message()).contains("the result cannot be read");
	}

}
