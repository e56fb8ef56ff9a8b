package dev.taskqueue.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.taskqueue.wire.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class OutboxTest {

	private static final Frame READY = new Frame.Ready();

	private final Outbox outbox = new Outbox();

	@Test
	void otherFramesComeBeforeLogsThatWereThereEarlier() throws Exception {
		Frame.Log log = log(10);
		this.outbox.log(log);
		this.outbox.send(READY);
		assertThat(takeFrames()).containsExactly(READY, log);
	}

	@Test
	void logsAndOtherFramesEachKeepTheirOrder() throws Exception {
		Frame.Log first = log(1);
		Frame.Log second = log(2);
		this.outbox.log(first);
		this.outbox.send(READY);
		this.outbox.log(second);
		this.outbox.send(new Frame.Goodbye());
		assertThat(takeFrames()).containsExactly(READY, new Frame.Goodbye(), first, second);
	}

	@Test
	void aBatchOfLogsIsSmallSoThatAnOutcomeHasNotLongToWait() throws Exception {
		for (int i = 0; i < 10; i++) {
			this.outbox.log(log(20_000));
		}
		assertThat(takeFrames()).hasSize(4);
		this.outbox.send(READY);
		assertThat(takeFrames()).startsWith(READY);
	}

	@Test
	void withoutCreditLogsWaitAndOtherFramesDoNot() throws Exception {
		this.outbox.log(log(10));
		spend(Frame.LOG_CREDIT);
		this.outbox.log(log(20));
		this.outbox.send(READY);
		assertThat(takeFrames()).containsExactly(READY);
		this.outbox.credit(1);
		assertThat(takeFrames()).singleElement().isInstanceOf(Frame.Log.class);
	}

	@Test
	void whoTalksTooMuchWaitsUntilSomethingIsTaken() throws Exception {
		fill();
		CountDownLatch said = new CountDownLatch(1);
		Thread talker = new Thread(() -> {
			this.outbox.log(log(10));
			said.countDown();
		});
		talker.start();
		awaitWaiting(talker);
		assertThat(said.getCount()).isOne();
		assertThat(takeFrames()).isNotEmpty();
		said.await();
		talker.join();
	}

	@Test
	void whoIsInterruptedWhileWaitingKeepsWaitingAndTheFlag() throws Exception {
		fill();
		CompletableFuture<Boolean> flag = new CompletableFuture<>();
		Thread talker = new Thread(() -> {
			this.outbox.log(log(10));
			flag.complete(Thread.currentThread().isInterrupted());
		});
		talker.start();
		awaitWaiting(talker);
		talker.interrupt();
		assertThat(flag).isNotDone();
		assertThat(takeFrames()).isNotEmpty();
		assertThat(flag).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
	}

	@Test
	void whoSaysWhatMayBeTheLastWaitsUntilItIsWritten() throws Exception {
		CountDownLatch said = new CountDownLatch(1);
		Thread talker = new Thread(() -> {
			this.outbox.logNow(log(10));
			said.countDown();
		});
		talker.start();
		List<Frame> taken = takeFrames();
		assertThat(taken).hasSize(1);
		Thread writer = new Thread(() -> {
			try {
				this.outbox.take();
			}
			catch (InterruptedException ex) {
				// The end of the test
			}
		});
		writer.start();
		said.await();
		writer.interrupt();
		writer.join();
		talker.join();
	}

	@Test
	void nobodyWaitsToBeHeardWhereThereIsNoCredit() throws Exception {
		this.outbox.log(log(10));
		spend(Frame.LOG_CREDIT);
		this.outbox.send(READY);
		assertThat(takeFrames()).containsExactly(READY);
		this.outbox.logNow(log(20));
	}

	@Test
	void otherFramesNeverWaitForLogs() {
		fill();
		this.outbox.send(READY);
	}

	@Test
	void awaitEmptyReturnsAtOnceWhenThereIsNothing() {
		this.outbox.awaitEmpty(10_000);
	}

	@Test
	void awaitEmptyWaitsForWhatIsBeingWritten() throws Exception {
		this.outbox.send(READY);
		assertThat(this.outbox.take()).hasSize(1);
		CountDownLatch empty = new CountDownLatch(1);
		Thread waiter = new Thread(() -> {
			this.outbox.awaitEmpty(60_000);
			empty.countDown();
		});
		waiter.start();
		awaitWaiting(waiter);
		assertThat(empty.getCount()).isOne();
		Thread writer = new Thread(() -> {
			try {
				this.outbox.take();
			}
			catch (InterruptedException ex) {
				// The end of the test
			}
		});
		writer.start();
		empty.await();
		writer.interrupt();
		writer.join();
		waiter.join();
	}

	@Test
	void awaitEmptyGivesUp() {
		this.outbox.send(READY);
		this.outbox.awaitEmpty(1);
	}

	private List<Frame> takeFrames() throws InterruptedException {
		return this.outbox.take();
	}

	/** Take what is there as if it had so many bytes on the wire. */
	private void spend(int bytes) throws InterruptedException {
		this.outbox.take().forEach((frame) -> this.outbox.sent(frame, bytes));
	}

	private void fill() {
		for (int i = 0; i < 4; i++) {
			this.outbox.log(log(64 << 10));
		}
	}

	private static void awaitWaiting(Thread thread) {
		while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
	}

	private static Frame.Log log(int length) {
		return new Frame.Log(0, 20, 0, "l", "t", "x".repeat(length), null, Map.of());
	}

}
