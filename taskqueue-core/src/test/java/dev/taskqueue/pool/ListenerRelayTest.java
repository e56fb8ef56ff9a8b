package dev.taskqueue.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told when there is too much to tell, and what is kept for it.
 */
@Timeout(60)
class ListenerRelayTest {

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch release = new CountDownLatch(1);

	/** The relay has taken what blocks it: no place gets free any more. */
	private final CountDownLatch blocked = new CountDownLatch(1);

	private final PoolHandle.Context context = new PoolHandle.Context("test", Runnable::run, (task) -> {
	}, null);

	private final ListenerRelay relay = new ListenerRelay("test", List.of());

	@Test
	void whoWasToldOfAStartIsToldOfTheEndHoweverMuchIsLost() throws InterruptedException {
		PoolHandle<?> open = handle(1);
		this.relay.notice(started(open));
		PoolHandle<?> blocking = handle(2);
		blocking.follower(new Blocking());
		this.relay.notice(started(blocking));
		fill();
		PoolHandle<?> lost = handle(3);
		this.relay.notice(started(lost));
		this.relay.notice(finished(lost));
		this.relay.notice(retried(open));
		this.relay.notice(started(open));
		this.relay.notice(finished(open));
		assertThat(open.follower()).isNull();
		assertThat(lost.follower()).as("nothing of a final task is kept").isNull();
		this.release.countDown();
		this.relay.flushed().join();
		assertThat(this.told).containsExactly("started 1", "retried 1");
	}

	@Test
	void aTaskThatBeginsAnewIsStillOwedItsEnd() throws InterruptedException {
		PoolHandle<?> returning = handle(1);
		this.relay.notice(started(returning));
		PoolHandle<?> blocking = handle(2);
		blocking.follower(new Blocking());
		this.relay.notice(started(blocking));
		fill();
		this.relay.notice(started(returning));
		this.relay.notice(finished(returning));
		this.release.countDown();
		this.relay.flushed().join();
		assertThat(this.told).containsExactly("started 1", "started 1", "finished 1");
	}

	@Test
	void aFollowerThatThrowsHarmsNobody() {
		PoolHandle<?> bad = handle(1);
		bad.follower(new TaskQueueListener() {

			@Override
			public void taskStarted(TaskEvent task) {
				throw new IllegalStateException("bad");
			}

		});
		this.relay.notice(started(bad));
		PoolHandle<?> good = handle(2);
		this.relay.notice(finished(good));
		this.relay.flushed().join();
		assertThat(this.told).containsExactly("finished 2");
	}

	@Test
	void withoutAnybodyToTellThereIsNoThread() {
		ListenerRelay silent = new ListenerRelay("silent", List.of());
		PoolHandle<?> alone = handle(1);
		alone.follower(null);
		silent.notice(started(alone));
		silent.notice(finished(alone));
		assertThat(silent.flushed()).isDone();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.doesNotContain("taskqueue-silent-listeners");
	}

	/** The first event is with the listener, or waits: fill what is left. */
	private void fill() throws InterruptedException {
		this.blocked.await();
		for (int i = 0; i < ListenerRelay.MOST_EVENTS; i++) {
			PoolHandle<?> filler = handle(10);
			filler.follower(new TaskQueueListener() {
			});
			this.relay.notice(finished(filler));
		}
	}

	private PoolHandle<?> handle(long id) {
		PoolHandle<?> handle = new PoolHandle<Object>(this.context, id, "a task", ListenerRelayTest.class, null,
				TaskState.WAITING);
		handle.follower(new Recorder());
		return handle;
	}

	private static Notice started(PoolHandle<?> task) {
		return new Notice.TaskStarted(task, 1, 42, 0);
	}

	private static Notice retried(PoolHandle<?> task) {
		return new Notice.TaskRetried(task, new Outcome.Failed("Oops", null, ""), 42, 1, 0, 0, 0);
	}

	private static Notice finished(PoolHandle<?> task) {
		return new Notice.TaskFinished(task, new Outcome.Cancelled("by the test"), 42, 1, 0, 0);
	}

	private final class Recorder implements TaskQueueListener {

		@Override
		public void taskStarted(TaskEvent task) {
			ListenerRelayTest.this.told.add("started " + task.id());
		}

		@Override
		public void taskRetried(TaskEvent task, TaskEvent.End end, Duration backoff) {
			ListenerRelayTest.this.told.add("retried " + task.id());
		}

		@Override
		public void taskFinished(TaskEvent task, TaskEvent.End end) {
			ListenerRelayTest.this.told.add("finished " + task.id());
		}

	}

	private final class Blocking implements TaskQueueListener {

		@Override
		public void taskStarted(TaskEvent task) {
			try {
				ListenerRelayTest.this.blocked.countDown();
				ListenerRelayTest.this.release.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
