package dev.taskqueue.pool;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimersTest {

	private final Timers timers = new Timers();

	private final List<String> ran = new ArrayList<>();

	@Test
	void nothingIsDueWithoutTimers() {
		this.timers.runDue(Long.MAX_VALUE);
		assertThat(this.timers.untilNext(0)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aTimerRunsAtItsDeadlineAndOnce() {
		at(100, "a");
		this.timers.runDue(99);
		assertThat(this.ran).isEmpty();
		this.timers.runDue(100);
		this.timers.runDue(101);
		assertThat(this.ran).containsExactly("a");
	}

	@Test
	void timersRunByDeadlineAndThoseOfTheSameInTheOrderTheyWereSet() {
		at(200, "late");
		at(100, "first");
		at(100, "second");
		this.timers.runDue(300);
		assertThat(this.ran).containsExactly("first", "second", "late");
	}

	@Test
	void aCancelledTimerDoesNotRunAndIsNotWaitedFor() {
		Timers.Timer timer = at(100, "a");
		at(100, "b");
		at(500, "c");
		this.timers.cancel(timer);
		this.timers.cancel(timer);
		this.timers.cancel(null);
		this.timers.runDue(100);
		assertThat(this.ran).containsExactly("b");
		assertThat(this.timers.untilNext(100)).isEqualTo(400);
	}

	@Test
	void aTimerMayCancelTheNextOne() {
		List<Timers.Timer> next = new ArrayList<>();
		this.timers.at(100, (now) -> this.timers.cancel(next.get(0)));
		next.add(at(100, "cancelled"));
		this.timers.runDue(100);
		assertThat(this.ran).isEmpty();
	}

	@Test
	void aTimerMaySetAnotherThatIsDueAtOnce() {
		this.timers.at(100, (now) -> at(now, "next"));
		this.timers.runDue(100);
		assertThat(this.ran).containsExactly("next");
	}

	@Test
	void untilNextIsTheTimeLeftAndNeverNegative() {
		at(100, "a");
		assertThat(this.timers.untilNext(40)).isEqualTo(60);
		assertThat(this.timers.untilNext(100)).isZero();
		assertThat(this.timers.untilNext(1000)).isZero();
	}

	@Test
	void theClockMayWrapAround() {
		long now = Long.MAX_VALUE - 10;
		at(now + 20, "after");
		at(now + 5, "before");
		assertThat(this.timers.untilNext(now)).isEqualTo(5);
		this.timers.runDue(now + 5);
		assertThat(this.ran).containsExactly("before");
		assertThat(this.timers.untilNext(now + 5)).isEqualTo(15);
		this.timers.runDue(now + 20);
		assertThat(this.ran).containsExactly("before", "after");
	}

	@Test
	void aTimerThatFailsIsNotRunAgain() {
		this.timers.at(100, (now) -> {
			throw new IllegalStateException("oops");
		});
		at(100, "next");
		org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(() -> this.timers.runDue(100));
		this.timers.runDue(100);
		assertThat(this.ran).containsExactly("next");
	}

	private Timers.Timer at(long deadline, String name) {
		return this.timers.at(deadline, (now) -> this.ran.add(name));
	}

}
