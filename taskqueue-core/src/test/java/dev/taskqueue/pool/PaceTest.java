package dev.taskqueue.pool;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {

	private final Pace pace = new Pace(100);

	@Test
	void oneTaskWhileNothingIsKnown() {
		assertThat(this.pace.window(0)).isOne();
	}

	@Test
	void aMillisecondOfWork() {
		many(50_000);
		assertThat(this.pace.window(0)).isBetween(15, 20);
		many(200_000);
		assertThat(this.pace.window(0)).isEqualTo(5);
	}

	@Test
	void aFewThatAreLongerWhereManyWait() {
		many(10_000_000);
		assertThat(this.pace.window(8)).isEqualTo(3);
		assertThat(this.pace.window(7)).isOne();
		many(17_000_000);
		assertThat(this.pace.window(8)).isOne();
	}

	@Test
	void notWhereOneIsLongerThanTheOther() {
		for (int i = 0; i < 100; i++) {
			this.pace.took(500_000);
			this.pace.took(10_000_000);
		}
		assertThat(this.pace.window(1000)).isOne();
		assertThat(this.pace.patience()).isEqualTo(2_000_000);
	}

	@Test
	void aTaskIsLongThatTakesTwiceWhatOthersDo() {
		many(10_000_000);
		assertThat(this.pace.patience()).isBetween(19_000_000L, 21_000_000L);
		many(10_000);
		assertThat(this.pace.patience()).isEqualTo(2_000_000);
	}

	@Test
	void neverMoreThanThereIsRoomFor() {
		many(0);
		assertThat(this.pace.window(0)).isEqualTo(100);
		assertThat(new Pace(1).window(0)).isOne();
	}

	@Test
	void aLongTaskIsOneTooMany() {
		many(1_000);
		this.pace.took(3_600_000_000_000L);
		assertThat(this.pace.window(1000)).isOne();
	}

	@Test
	void evenTheLongestIsForgottenSoon() {
		this.pace.took(Long.MAX_VALUE);
		many(1_000);
		assertThat(this.pace.window(0)).isEqualTo(100);
	}

	private void many(long nanos) {
		for (int i = 0; i < 100; i++) {
			this.pace.took(nanos);
		}
	}

}
