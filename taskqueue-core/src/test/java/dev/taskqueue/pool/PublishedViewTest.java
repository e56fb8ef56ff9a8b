package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When a view is published, and that nobody waits for one.
 */
@Timeout(60)
class PublishedViewTest {

	private final TestPool pool = new TestPool(1);

	private final PublishedView view = new PublishedView(this.pool.decisions);

	private final CompletableFuture<Long> ended = new CompletableFuture<>();

	private final long now = System.nanoTime();

	@Test
	void aNewQueueIsShownAsSuch() {
		assertThat(this.view.latest().state()).isEqualTo(QueueState.CREATED);
		assertThat(this.view.untilDue(this.now)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void theFirstChangeIsPublishedAtOnce() {
		this.pool.start();
		this.view.follow(this.pool.decisions, this.now);
		assertThat(this.view.latest().state()).isEqualTo(QueueState.RUNNING);
		assertThat(this.view.untilDue(this.now)).as("nobody is woken while nothing happens").isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void furtherOnesTogetherWhenTheViewIsOldEnough() {
		this.pool.start();
		this.view.follow(this.pool.decisions, this.now);
		TaskQueueSnapshot first = this.view.latest();
		this.pool.add(3);
		this.view.follow(this.pool.decisions, this.now + 1);
		this.pool.add(4);
		this.view.follow(this.pool.decisions, this.now + PublishedView.INTERVAL - 1);
		assertThat(this.view.latest()).isSameAs(first);
		assertThat(this.view.untilDue(this.now + 1)).isEqualTo(PublishedView.INTERVAL - 1);
		assertThat(this.view.untilDue(this.now + PublishedView.INTERVAL + 5)).isZero();
		this.view.follow(this.pool.decisions, this.now + PublishedView.INTERVAL);
		assertThat(this.view.latest().waiting()).isEqualTo(7);
		assertThat(this.view.untilDue(this.now + PublishedView.INTERVAL)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aTerminationIsPublishedWhileItsThreadIsThere() {
		this.pool.start();
		this.view.follow(this.pool.decisions, this.now);
		this.pool.terminate(Duration.ZERO);
		this.pool.exited(1);
		this.view.follow(this.pool.decisions, this.now + 1);
		assertThat(this.view.latest().state()).isEqualTo(QueueState.TERMINATED);
	}

	@Test
	void theLastChangeIsPublishedThoughNothingFollows() {
		Supervisor supervisor = supervisor();
		supervisor.post((decisions, at) -> decisions.start(at));
		await().until(() -> supervisor.recentSnapshot().state() == QueueState.RUNNING);
		supervisor.post((decisions, at) -> decisions.pause());
		await().until(() -> supervisor.recentSnapshot().state() == QueueState.PAUSED);
		end(supervisor);
		assertThat(supervisor.recentSnapshot().state()).isEqualTo(QueueState.TERMINATED);
	}

	@Test
	void aHeldUpSupervisorHoldsUpNobodyWhoLooks() {
		Supervisor supervisor = supervisor();
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		supervisor.post((decisions, at) -> {
			held.countDown();
			awaitUninterruptibly(release);
		});
		awaitUninterruptibly(held);
		CompletableFuture<TaskQueueSnapshot> exact = supervisor.snapshot();
		assertThat(supervisor.recentSnapshot().state()).isEqualTo(QueueState.CREATED);
		assertThat(exact).isNotDone();
		release.countDown();
		assertThat(exact.join().state()).isEqualTo(QueueState.CREATED);
		end(supervisor);
	}

	/** One that launches nothing. */
	private Supervisor supervisor() {
		PoolSettings settings = new PoolSettings("view", new PoolSettings.Limits(0, 0, 0, 1 << 20),
				Duration.ofSeconds(5), TaskOptions.defaults(), WorkerOptions.defaults(), null, List.of());
		return new Supervisor(settings, new Gate("view", 0), this.ended::complete);
	}

	private void end(Supervisor supervisor) {
		supervisor.post((decisions, at) -> decisions.terminate(at, at));
		assertThat(this.ended.join()).isZero();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
