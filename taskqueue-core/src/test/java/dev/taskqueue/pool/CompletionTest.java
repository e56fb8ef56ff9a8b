package dev.taskqueue.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class CompletionTest {

	private static final Outcome OUTCOME = new Outcome.Cancelled("test");

	private static final class Plain extends Completion {

	}

	private final Plain completion = new Plain();

	@Test
	void whoComesLateDoesNotWait() throws Exception {
		this.completion.complete(OUTCOME);
		assertThat(this.completion.await(Long.MAX_VALUE)).isSameAs(OUTCOME);
		assertThat(this.completion.await(0)).isSameAs(OUTCOME);
	}

	@Test
	void whoHasNoTimeDoesNotWait() throws Exception {
		assertThat(this.completion.await(0)).isNull();
		assertThat(this.completion.await(1_000)).isNull();
		assertThat(this.completion.await(1_000_000)).isNull();
	}

	@Test
	void allWhoWaitAreWoken() {
		List<CompletableFuture<@Nullable Outcome>> waiting = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			Thread thread = waiter(waiting);
			while (thread.getState() != Thread.State.TIMED_WAITING) {
				Thread.onSpinWait();
			}
		}
		this.completion.complete(OUTCOME);
		assertThat(waiting).allSatisfy((future) -> assertThat(future.join()).isSameAs(OUTCOME));
	}

	@Test
	void actionsRunInTheOrderTheyCame() {
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			int number = i;
			this.completion.then((outcome) -> order.add(number));
		}
		assertThat(order).isEmpty();
		this.completion.complete(OUTCOME);
		this.completion.then((outcome) -> order.add(5));
		assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
	}

	@Test
	void anInterruptEndsTheWait() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.completion.await(Long.MAX_VALUE));
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void whoGivesUpAgainAndAgainLeavesNothingBehind() throws Exception {
		AtomicInteger told = new AtomicInteger();
		this.completion.then((outcome) -> told.incrementAndGet());
		for (int i = 0; i < 100_000; i++) {
			assertThat(this.completion.await(1)).isNull();
		}
		assertThat(this.completion.waiting()).isLessThanOrEqualTo(2);
		this.completion.complete(OUTCOME);
		assertThat(told).hasValue(1);
	}

	@Test
	void nobodyIsMissedWhoComesWhileItEnds() throws Exception {
		for (int round = 0; round < 5_000; round++) {
			Plain contended = new Plain();
			CyclicBarrier barrier = new CyclicBarrier(2);
			CompletableFuture<@Nullable Outcome> other = CompletableFuture.supplyAsync(() -> {
				try {
					barrier.await();
					return contended.await(Long.MAX_VALUE);
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
			barrier.await();
			contended.complete(OUTCOME);
			assertThat(other.get()).isSameAs(OUTCOME);
		}
	}

	private Thread waiter(List<CompletableFuture<@Nullable Outcome>> waiting) {
		CompletableFuture<@Nullable Outcome> result = new CompletableFuture<>();
		waiting.add(result);
		Thread thread = new Thread(() -> {
			try {
				result.complete(this.completion.await(Long.MAX_VALUE));
			}
			catch (InterruptedException ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.start();
		return thread;
	}

}
