package dev.taskqueue.sample.thumbnail;

import java.util.Objects;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskState;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.WorkerCrashedException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no thumbnail, in words for the person who uploaded the image. Each way a
 * task can fail has an exception of its own.
 *
 * @param state the task's final state
 * @param reason a short name of the cause, for programs
 * @param message what happened, for people
 * @param worker the process that ended with the task, or {@code null} if none did
 */
record ThumbnailFailure(TaskState state, String reason, String message, @Nullable Long worker) {

	static ThumbnailFailure of(Throwable outcome) {
		if (outcome instanceof TaskFailedException failed) {
			return new ThumbnailFailure(TaskState.FAILED, simpleName(failed.exceptionClassName()),
					Objects.requireNonNullElse(failed.exceptionMessage(), failed.exceptionClassName()), null);
		}
		if (outcome instanceof WorkerCrashedException crashed) {
			long pid = crashed.report().pid();
			return new ThumbnailFailure(TaskState.CRASHED, crashed.reason().name(), explain(crashed.reason()),
					(pid > 0) ? pid : null);
		}
		if (outcome instanceof TaskTimeoutException timedOut) {
			return new ThumbnailFailure(TaskState.TIMED_OUT, timedOut.limit().name(),
					"It took longer than the %d seconds one image may take.".formatted(timedOut.duration().toSeconds()),
					null);
		}
		if (outcome instanceof TaskCancelledException) {
			return new ThumbnailFailure(TaskState.CANCELLED, "CANCELLED", "It was cancelled before it finished.", null);
		}
		return new ThumbnailFailure(TaskState.FAILED, outcome.getClass().getSimpleName(), outcome.toString(), null);
	}

	private static String explain(CrashReason reason) {
		return switch (reason) {
			case OUT_OF_MEMORY -> "Decoding it took more memory than a worker process may have.";
			case EXITED -> "Its worker process left before the image was done.";
			case NATIVE_CRASH -> "Its worker process crashed in native code.";
			case KILLED -> "Its worker process was killed from outside.";
			case CHANNEL_CORRUPT -> "Its worker process could not be understood any more, and was killed.";
			case START_FAILED -> "No worker process could be started.";
		};
	}

	private static String simpleName(String className) {
		return className.substring(className.lastIndexOf('.') + 1);
	}

}
