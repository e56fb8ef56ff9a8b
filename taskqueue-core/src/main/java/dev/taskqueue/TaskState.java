package dev.taskqueue;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where a task is in its life. A task reaches exactly one final state, once.
 *
 * <pre>
 * (add) ─▶ DELAYED ─▶ WAITING ─▶ RUNNING ─▶ SUCCEEDED | FAILED | TIMED_OUT | CRASHED | CANCELLED
 * </pre>
 *
 * The complete table, with every transition and its cause, is drawn in
 * {@code docs/state-machine.md} and held in {@link #successors()}.
 */
public enum TaskState {

	/** Added, not due yet; or attempted, and not yet due again. */
	DELAYED,

	/** Due, but not started; also when already sent ahead to a worker. */
	WAITING,

	/** Started in a worker process. */
	RUNNING,

	/** Final: the task returned, and its result has arrived. */
	SUCCEEDED,

	/** Final: the task threw, or it or its result could not be read or written. */
	FAILED,

	/** Final: a limit was reached, while waiting or while running. */
	TIMED_OUT,

	/** Final: the worker process ended under the task, or none could be started. */
	CRASHED,

	/** Final: cancelled by its handle or by the queue's termination. */
	CANCELLED;

	/**
	 * Whether a task in this state has ended for good.
	 * @return {@code true} if no transition leads out of this state
	 */
	public boolean isFinal() {
		return successors().isEmpty();
	}

	/**
	 * The states a task may enter directly from this one.
	 * @return an immutable set, empty for a final state
	 */
	public Set<TaskState> successors() {
		return Transitions.of(this);
	}

	private static final class Transitions {

		private static final Map<TaskState, Set<TaskState>> SUCCESSORS = table();

		private static Map<TaskState, Set<TaskState>> table() {
			Map<TaskState, Set<TaskState>> table = new EnumMap<>(TaskState.class);
			for (TaskState state : values()) {
				table.put(state, Collections.unmodifiableSet(successorsOf(state)));
			}
			return table;
		}

		static Set<TaskState> of(TaskState state) {
			return Objects.requireNonNull(SUCCESSORS.get(state));
		}

		private static Set<TaskState> successorsOf(TaskState state) {
			return switch (state) {
				case DELAYED -> EnumSet.of(WAITING, CANCELLED);
				// CRASHED: no worker can be started. TIMED_OUT: waited too long.
				case WAITING -> EnumSet.of(RUNNING, TIMED_OUT, CRASHED, CANCELLED);
				// WAITING again: its worker was lost before it had begun the task.
				// DELAYED: it is attempted again.
				case RUNNING -> EnumSet.of(DELAYED, WAITING, SUCCEEDED, FAILED, TIMED_OUT, CRASHED, CANCELLED);
				case SUCCEEDED, FAILED, TIMED_OUT, CRASHED, CANCELLED -> EnumSet.noneOf(TaskState.class);
			};
		}

	}

}
