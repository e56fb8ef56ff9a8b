package dev.taskqueue.pool;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaunchesTest {

	private static final long SECOND = 1_000_000_000L;

	private final Timers timers = new Timers();

	private final Launches launches = new Launches(this.timers);

	private int retries;

	@Test
	void eachFailureInARowPutsTheNextOneOffLonger() {
		long now = 0;
		for (long millis : new long[] { 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000 }) {
			assertThat(failed(now)).isEqualTo(Duration.ofMillis(millis));
			assertThat(this.launches.arePutOff()).isTrue();
			now += Duration.ofMillis(millis).toNanos();
			this.timers.runDue(now);
			assertThat(this.launches.arePutOff()).isFalse();
		}
		assertThat(this.retries).isEqualTo(9);
		assertThat(this.launches.failures()).isEqualTo(9);
	}

	@Test
	void thoseLaunchedTogetherCountAsOne() {
		failed(0);
		assertThat(failed(1)).isEqualTo(Duration.ofMillis(100));
		assertThat(this.launches.failures()).isOne();
	}

	@Test
	void aFailureAfterTheSuccessOfOneLaunchedWithItIsNotRepeatedAtOnce() {
		failed(0);
		this.launches.succeeded(1);
		assertThat(failed(1)).isEqualTo(Duration.ofMillis(100));
	}

	/** Workers that end unused have put it off for longer than one failure would. */
	@Test
	void whatIsPutOffIsNotDoneEarlierForOneFailureMore() {
		for (int i = 0; i < 20; i++) {
			this.launches.unused(0, 0, (now) -> this.retries++);
		}
		assertThat(failed(SECOND)).isEqualTo(Duration.ofSeconds(9));
		this.timers.runDue(10 * SECOND - 1);
		assertThat(this.retries).isZero();
		this.timers.runDue(10 * SECOND);
		assertThat(this.retries).isOne();
	}

	@Test
	void aResetForgetsWhatHasFailed() {
		failed(0);
		this.launches.reset();
		assertThat(this.launches.arePutOff()).isFalse();
		assertThat(this.launches.failures()).isZero();
		this.timers.runDue(SECOND);
		assertThat(this.retries).isZero();
	}

	@Test
	void durationsAreAveraged() {
		this.launches.succeeded(3 * SECOND);
		assertThat(this.launches.duration()).isEqualTo(2 * SECOND);
	}

	private Duration failed(long now) {
		return Duration.ofNanos(this.launches.failed(now, (then) -> this.retries++));
	}

}
