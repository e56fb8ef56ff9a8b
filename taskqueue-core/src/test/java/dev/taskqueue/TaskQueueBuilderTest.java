package dev.taskqueue;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Nonsense is refused at the door, with the value and the rule.
 */
class TaskQueueBuilderTest {

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a/b", "a\n", "ä" })
	void aNameThatIsNoneIsRefused(String name) {
		assertRefused((builder) -> builder.name(name), "name must match [A-Za-z0-9_.-]{1,64}, but is '" + name + "'");
	}

	@Test
	void aNameTooLongIsRefused() {
		assertThat(TaskQueue.builder().name("n".repeat(64))).isNotNull();
		assertRefused((builder) -> builder.name("n".repeat(65)),
				"name must match [A-Za-z0-9_.-]{1,64}, but is '" + "n".repeat(65) + "'");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
	void aWorkerCountBelowOneIsRefused(int count) {
		assertRefused((builder) -> builder.workerCount(count), "workerCount must be at least 1, but is " + count);
	}

	@Test
	void negativeNumbersAreRefused() {
		assertRefused((builder) -> builder.requestsPerWorker(-1),
				"requestsPerWorker must be 0 (no limit) or more, but is -1");
		assertRefused((builder) -> builder.capacity(-1), "capacity must be 0 (no limit) or more, but is -1");
		assertRefused((builder) -> builder.terminateTimeout(Duration.ofMillis(-1)),
				"terminateTimeout must not be negative, but is PT-0.001S");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, (1L << 30) + 1, Long.MAX_VALUE })
	void aPayloadLimitOutOfRangeIsRefused(long bytes) {
		assertRefused((builder) -> builder.maxPayload(bytes),
				"maxPayload must be from 1 to 1073741824 bytes, but is " + bytes);
	}

	@Test
	void aDescriptionForAllTasksIsRefused() {
		assertRefused((builder) -> builder.taskDefaults(TaskOptions.defaults().description("same")),
				"taskDefaults must not set a description, but set 'same'");
	}

	@Test
	void aFilterThatIsNoPatternIsRefused() {
		assertRefused((builder) -> builder.resultFilter("maxdepth=many"),
				"resultFilter is not a serialization filter pattern: maxdepth=many; "
						+ "write it as for -Djdk.serialFilter, for example 'com.acme.model.**'");
	}

	@Test
	void theLeastAndTheMostAreAccepted() {
		assertThat(TaskQueue.builder()
			.workerCount(1)
			.requestsPerWorker(0)
			.capacity(0)
			.maxPayload(1)
			.maxPayload(1L << 30)
			.terminateTimeout(Duration.ZERO)
			.resultFilter("com.acme.**")
			.build()).isNotNull();
	}

	@Test
	void buildStartsNothing() {
		try (TaskQueue queue = TaskQueue.builder().name("still").build()) {
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.contains("-still-"));
			assertThat(queue).hasToString("TaskQueue 'still' (0 tasks, 0 processed)");
		}
	}

	@Test
	void aQueueInsideAWorkerIsRefused() {
		System.setProperty("dev.taskqueue.worker", "true");
		try {
			assertThatIllegalStateException().isThrownBy(() -> TaskQueue.builder().name("inner").build())
				.withMessage("A worker process cannot have workers of its own: queue 'inner' is refused; add to the "
						+ "application's queues, which a WorkerContext gets from ContextSettings.queue");
		}
		finally {
			System.clearProperty("dev.taskqueue.worker");
		}
	}

	private static void assertRefused(Consumer<TaskQueue.Builder> setting, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> setting.accept(TaskQueue.builder())).withMessage(message);
	}

}
