package dev.taskqueue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class TaskOptionsTest {

	private static final TaskOptions NONE = TaskOptions.defaults();

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration NEGATIVE = Duration.ofNanos(-1);

	@Test
	void nothingIsSetByDefault() {
		assertThat(NONE.description()).isNull();
		assertThat(NONE.priority()).isZero();
		assertThat(NONE.delay()).isZero();
		assertThat(NONE.timeout()).isZero();
		assertThat(NONE.queueTimeout()).isZero();
		assertThat(NONE.resultType()).isNull();
	}

	@Test
	void everyOptionIsKept() {
		TaskOptions options = NONE.description("d")
			.priority(-3)
			.delay(SECOND)
			.timeout(SECOND.multipliedBy(2))
			.queueTimeout(SECOND.multipliedBy(3))
			.resultType(String.class);
		assertThat(options.description()).isEqualTo("d");
		assertThat(options.priority()).isEqualTo(-3);
		assertThat(options.delay()).hasSeconds(1);
		assertThat(options.timeout()).hasSeconds(2);
		assertThat(options.queueTimeout()).hasSeconds(3);
		assertThat(options.resultType()).isEqualTo(String.class);
	}

	@Test
	void aCopyLeavesTheOriginalAsItWas() {
		TaskOptions original = NONE.priority(1);
		TaskOptions copy = original.priority(2).timeout(SECOND);
		assertThat(original.priority()).isEqualTo(1);
		assertThat(original.timeout()).isZero();
		assertThat(copy.priority()).isEqualTo(2);
	}

	@Test
	void whatIsNotSetIsInherited() {
		TaskOptions merged = NONE.priority(1).orElse(NONE.priority(5).timeout(SECOND));
		assertThat(merged.priority()).isEqualTo(1);
		assertThat(merged.timeout()).isEqualTo(SECOND);
	}

	@Test
	void zeroMeansNoneAlsoWhereTheQueueHasADefault() {
		TaskOptions merged = NONE.timeout(Duration.ZERO).priority(0).orElse(NONE.timeout(SECOND).priority(5));
		assertThat(merged.timeout()).isZero();
		assertThat(merged.priority()).isZero();
	}

	@Test
	void mergingChangesNeither() {
		TaskOptions own = NONE.priority(1);
		TaskOptions defaults = NONE.timeout(SECOND);
		assertThat(own.orElse(defaults)).isEqualTo(NONE.priority(1).timeout(SECOND));
		assertThat(own).isEqualTo(NONE.priority(1));
		assertThat(defaults).isEqualTo(NONE.timeout(SECOND));
		assertThat(NONE.orElse(defaults)).isEqualTo(defaults);
		assertThat(own.orElse(NONE)).isEqualTo(own);
	}

	@Test
	void equalOptionsAreEqualInWhateverOrderTheyWereSet() {
		assertThat(NONE.priority(1).delay(SECOND)).isEqualTo(NONE.delay(SECOND).priority(1))
			.hasSameHashCodeAs(NONE.delay(SECOND).priority(1))
			.isNotEqualTo(NONE.priority(1));
		assertThat(NONE.timeout(Duration.ZERO)).isNotEqualTo(NONE);
		assertThat(NONE.priority(1)).hasToString("TaskOptions{PRIORITY=1}");
	}

	@Test
	void negativeDurationsAreRefusedByName() {
		assertRefused((options) -> options.delay(NEGATIVE), "delay must not be negative, but is PT-0.000000001S");
		assertRefused((options) -> options.timeout(NEGATIVE), "timeout must not be negative, but is PT-0.000000001S");
		assertRefused((options) -> options.queueTimeout(NEGATIVE),
				"queueTimeout must not be negative, but is PT-0.000000001S");
	}

	@Test
	void whatIsSetTravelsAsTextAndNothingElse() {
		TaskOptions all = NONE.description("d, =")
			.priority(-7)
			.delay(SECOND)
			.timeout(Duration.ofNanos(1))
			.softTimeout(Duration.ofDays(100_000))
			.grace(Duration.ZERO)
			.queueTimeout(SECOND)
			.maxAttempts(3)
			.backoff(Duration.ofMillis(1))
			.retryOn(TaskState.FAILED, TaskState.CRASHED);
		assertThat(TaskOptions.of(all.toMap())).isEqualTo(all);
		TaskOptions never = NONE.retryOn(new TaskState[0]);
		assertThat(TaskOptions.of(never.toMap())).isEqualTo(never);
		assertThat(TaskOptions.of(NONE.toMap())).isEqualTo(NONE);
		assertThat(NONE.resultType(String.class).toMap()).isEmpty();
	}

	@Test
	void textThatIsNoOptionIsRefused() {
		for (Map<String, String> texts : List.of(Map.of("NONE", "1"), Map.of("PRIORITY", "x"), Map.of("DELAY", "1s"),
				Map.of("DELAY", "PT-1S"), Map.of("MAX_ATTEMPTS", "0"), Map.of("RETRY_ON", "SUCCEEDED"),
				Map.of("RESULT_TYPE", "java.lang.String"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> TaskOptions.of(texts));
		}
	}

	@Test
	@SuppressWarnings("NullAway") // on purpose
	void nullIsRefused() {
		assertThatNullPointerException().isThrownBy(() -> NONE.description(null));
		assertThatNullPointerException().isThrownBy(() -> NONE.resultType(null));
		assertThatNullPointerException().isThrownBy(() -> NONE.timeout(null));
		assertThatNullPointerException().isThrownBy(() -> NONE.priority(1).orElse(null));
	}

	private static void assertRefused(UnaryOperator<TaskOptions> change, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> change.apply(NONE)).withMessage(message);
	}

}
