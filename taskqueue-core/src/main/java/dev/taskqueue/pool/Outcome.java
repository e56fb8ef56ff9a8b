package dev.taskqueue.pool;

import java.time.Duration;
import java.util.function.Function;

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

		/** Guarded by this: the serialized result, until it is read. */
		private byte @Nullable [] payload;

		/** Guarded by this: what the bytes stood for. */
		private @Nullable Object value;

		Succeeded(byte[] payload) {
			this.payload = payload;
		}

		/**
		 * The serialized result.
		 * @return the bytes, none for {@code null} or if the value was read
		 */
		synchronized byte[] payload() {
			return (this.payload != null) ? this.payload : new byte[0];
		}

		/**
		 * The result.
		 * @param reader reads the bytes; called once, unless it throws
		 * @return what the bytes stand for, which are then forgotten
		 */
		synchronized @Nullable Object value(Function<byte[], @Nullable Object> reader) {
			if (this.payload != null) {
				this.value = reader.apply(this.payload);
				this.payload = null;
			}
			return this.value;
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
