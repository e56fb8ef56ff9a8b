package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeLimit;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended.
 */
sealed interface Outcome {

	/**
	 * The final state this outcome stands for.
	 * @return a final state
	 */
	TaskState state();

	/**
	 * The task returned.
	 */
	final class Succeeded implements Outcome {

		private volatile byte[] payload;

		Succeeded(byte[] payload) {
			this.payload = payload;
		}

		/**
		 * The serialized result.
		 * @return the bytes, none for {@code null}
		 */
		byte[] payload() {
			return this.payload;
		}

		/** Forget the bytes: somebody holds the object they stand for. */
		void release() {
			this.payload = new byte[0];
		}

		@Override
		public TaskState state() {
			return TaskState.SUCCEEDED;
		}

	}

	/**
	 * The task threw.
	 *
	 * @param className class of what it threw
	 * @param message its message
	 * @param trace its trace
	 */
	record Failed(String className, @Nullable String message, String trace) implements Outcome {

		@Override
		public TaskState state() {
			return TaskState.FAILED;
		}

	}

	/**
	 * The task reached a limit.
	 *
	 * @param limit which one
	 * @param duration its length
	 * @param trace where the task was
	 */
	record TimedOut(TimeLimit limit, Duration duration, @Nullable String trace) implements Outcome {

		@Override
		public TaskState state() {
			return TaskState.TIMED_OUT;
		}

	}

	/**
	 * The worker ended under the task.
	 *
	 * @param report what is known of it
	 */
	record Crashed(CrashReport report) implements Outcome {

		@Override
		public TaskState state() {
			return TaskState.CRASHED;
		}

	}

	/**
	 * The task was cancelled.
	 *
	 * @param why by whom
	 */
	record Cancelled(String why) implements Outcome {

		@Override
		public TaskState state() {
			return TaskState.CANCELLED;
		}

	}

}
