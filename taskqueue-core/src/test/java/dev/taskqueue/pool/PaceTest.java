package dev.taskqueue.pool;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {

	private final Pace pace = new Pace(100);

	@Test
	void oneTaskWhileNothingIsKnown() {
		assertThat(this.pace.window()).isOne();
	}

	@Test
	void aMillisecondOfWork() {
		many(50_000);
		assertThat(this.pace.window()).isBetween(15, 20);
		many(400_000);
		assertThat(this.pace.window()).isEqualTo(2);
		many(600_000);
		assertThat(this.pace.window()).isOne();
	}

	@Test
	void neverMoreThanThereIsRoomFor() {
		many(0);
		assertThat(this.pace.window()).isEqualTo(100);
		assertThat(new Pace(1).window()).isOne();
	}

	@Test
	void aLongTaskIsOneTooMany() {
		many(1_000);
		this.pace.took(3_600_000_000_000L);
		assertThat(this.pace.window()).isOne();
	}

	@Test
	void evenTheLongestIsForgottenSoon() {
		this.pace.took(Long.MAX_VALUE);
		many(1_000);
		assertThat(this.pace.window()).isEqualTo(100);
	}

	private void many(long nanos) {
		for (int i = 0; i < 100; i++) {
			this.pace.took(nanos);
		}
	}

}
