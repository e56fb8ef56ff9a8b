package dev.taskqueue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TaskStateTest {

	/**
	 * Row: from; column: to; in the order of declaration. A second writing of the table.
	 */
	private static final List<String> TABLE = List.of(
			// D W R S F T C X
			". x . . . . . x", // DELAYED
			". . x . . x x x", // WAITING
			"x x . x x x x x", // RUNNING
			". . . . . . . .", // SUCCEEDED
			". . . . . . . .", // FAILED
			". . . . . . . .", // TIMED_OUT
			". . . . . . . .", // CRASHED
			". . . . . . . ."); // CANCELLED

	@ParameterizedTest
	@MethodSource("pairs")
	void everyPairOfStates(TaskState from, TaskState to, boolean allowed) {
		assertThat(from.successors().contains(to)).isEqualTo(allowed);
	}

	@ParameterizedTest
	@EnumSource
	void aStateIsFinalIfNothingFollows(TaskState state) {
		assertThat(state.isFinal())
			.isEqualTo(!EnumSet.of(TaskState.DELAYED, TaskState.WAITING, TaskState.RUNNING).contains(state));
	}

	@ParameterizedTest
	@EnumSource
	void theTableCannotBeChanged(TaskState state) {
		Set<TaskState> successors = state.successors();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> successors.add(state));
	}

	@Test
	void everyStateCanBeReached() {
		Set<TaskState> reached = EnumSet.of(TaskState.DELAYED);
		for (int i = 0; i < TaskState.values().length; i++) {
			Set.copyOf(reached).forEach((state) -> reached.addAll(state.successors()));
		}
		assertThat(reached).containsExactlyInAnyOrder(TaskState.values());
	}

	static Stream<Arguments> pairs() {
		List<TaskState> states = List.of(TaskState.values());
		return states.stream()
			.flatMap((from) -> states.stream()
				.map((to) -> Arguments.of(from, to,
						TABLE.get(states.indexOf(from)).charAt(2 * states.indexOf(to)) == 'x')));
	}

}
