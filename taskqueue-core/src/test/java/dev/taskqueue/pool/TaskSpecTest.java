package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.TaskOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskSpecTest {

	@Test
	void backoffDoublesFromAttemptToAttemptUpToAnHour() {
		TaskSpec.Retry retry = retry(Duration.ofMinutes(10));
		assertThat(retry.backoffAfter(1, (bound) -> 0)).isEqualTo(Duration.ofMinutes(10).toNanos());
		assertThat(retry.backoffAfter(2, (bound) -> 0)).isEqualTo(Duration.ofMinutes(20).toNanos());
		assertThat(retry.backoffAfter(4, (bound) -> 0)).isEqualTo(Duration.ofHours(1).toNanos());
		assertThat(retry.backoffAfter(Integer.MAX_VALUE, (bound) -> 0)).isEqualTo(Duration.ofHours(1).toNanos());
	}

	@Test
	void aLongerBackoffThanTheLongestStaysAsItIs() {
		assertThat(retry(Duration.ofDays(2)).backoffAfter(7, (bound) -> 0)).isEqualTo(Duration.ofDays(2).toNanos());
		assertThat(retry(Duration.ofSeconds(Long.MAX_VALUE)).backoffAfter(7, (bound) -> 0)).isPositive();
	}

	@Test
	void jitterTakesOffHalfAtMost() {
		long shortest = retry(Duration.ofSeconds(1)).backoffAfter(1, (bound) -> bound - 1);
		assertThat(shortest).isBetween(500_000_000L, 500_001_000L);
	}

	@Test
	void noBackoffIsAtOnce() {
		assertThat(retry(Duration.ZERO).backoffAfter(50, (bound) -> bound - 1)).isZero();
	}

	@Test
	void firstLimitIsTheSoftOneIfItComesFirst() {
		TaskOptions options = TaskOptions.defaults().timeout(Duration.ofSeconds(2));
		assertThat(limits(options).first()).isEqualTo(2_000_000_000L);
		assertThat(limits(options.softTimeout(Duration.ofSeconds(1))).first()).isEqualTo(1_000_000_000L);
		assertThat(limits(options.softTimeout(Duration.ofSeconds(3))).first()).isEqualTo(2_000_000_000L);
		assertThat(limits(TaskOptions.defaults().softTimeout(Duration.ofSeconds(3))).first()).isEqualTo(3_000_000_000L);
		assertThat(limits(TaskOptions.defaults()).first()).isZero();
	}

	private static TaskSpec.Retry retry(Duration backoff) {
		return TaskSpec.of(TaskOptions.defaults().maxAttempts(10).backoff(backoff)).retry();
	}

	private static TaskSpec.Limits limits(TaskOptions options) {
		return TaskSpec.of(options).limits();
	}

}
