package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.WireException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What workers ask to add, and what they are answered; the queue is never started.
 */
class ForwardedAddsTest {

	private static final int MAX_PAYLOAD = 100;

	private final TaskQueue queue = TaskQueue.builder().name("mail").capacity(1).build();

	private final BlockingQueue<PoolEvent> posted = new LinkedBlockingQueue<>();

	private final BlockingQueue<Frame> sent = new LinkedBlockingQueue<>();

	private final WorkerLink link = new WorkerLink(1, new byte[Frame.SECRET_LENGTH], false);

	private final ForwardedAdds adds = new ForwardedAdds(settings(), this.posted::add,
			(worker, frame) -> this.sent.add(frame));

	@AfterEach
	void end() {
		this.queue.terminate(Duration.ZERO);
	}

	@Test
	void taskIsAddedAndItsIdIsAnswered() throws Exception {
		this.adds.request(this.link, add(7, "mail", 10, false));
		assertThat(answer()).isEqualTo(new Frame.Added(7, 1, null, null));
		assertThat(this.queue.length()).isEqualTo(1);
	}

	@Test
	void refusalIsAnsweredWithItsTypeAndMessage() throws Exception {
		this.adds.request(this.link, add(1, "mail", 10, false));
		assertThat(answer().refusal()).isNull();
		assertRefused(add(2, "mail", 10, false), QueueFullException.class, "Queue 'mail' is full");
		assertRefused(add(3, "mail", 10, true), NoWorkerContextException.class, "taskqueue.worker.spring.enabled");
		assertRefused(add(4, "other", 10, false), IllegalArgumentException.class, "only to [");
		assertRefused(add(5, "later", 10, false), IllegalArgumentException.class, "There is no queue 'later'");
		assertRefused(add(6, "broken", 10, false), TaskQueueException.class, "java.lang.IllegalStateException: lookup");
		Frame.Add nonsense = new Frame.Add(7, "mail", "", "", false, false, Map.of("DELAY", "soon"), Map.of(),
				new byte[0]);
		assertRefused(nonsense, IllegalArgumentException.class, "DELAY is no duration");
		assertThat(this.queue.length()).isEqualTo(1);
	}

	@Test
	void onlySoManyAreUnderWayUntilTheyAreAnswered() throws Exception {
		for (int i = 0; i < Frame.MOST_ADDS; i++) {
			this.adds.request(this.link, add(i, "other", 1, false));
		}
		assertThat(answer()).isNotNull();
		this.adds.request(this.link, add(98, "other", 1, false));
		assertThatExceptionOfType(WireException.class)
			.isThrownBy(() -> this.adds.request(this.link, add(99, "other", 1, false)))
			.withMessageContaining("17 tasks with 17 bytes in all");
	}

	@Test
	void onlySoMuchIsUnderWayUntilItIsAnswered() throws Exception {
		this.adds.request(this.link, add(1, "other", MAX_PAYLOAD + 1, false));
		assertThat(answer().refusal()).isNotNull();
		this.adds.request(this.link, add(2, "other", MAX_PAYLOAD, false));
		assertThatExceptionOfType(WireException.class)
			.isThrownBy(() -> this.adds.request(this.link, add(3, "other", 1, false)))
			.withMessageContaining("2 tasks with 101 bytes in all");
	}

	private void assertRefused(Frame.Add add, Class<?> type, String message) throws Exception {
		this.adds.request(this.link, add);
		Frame.Added answer = answer();
		assertThat(answer.request()).isEqualTo(add.request());
		assertThat(answer.task()).isZero();
		assertThat(answer.refusal()).isEqualTo(type.getName());
		assertThat(answer.message()).contains(message);
	}

	/** Do what was posted to the supervisor, and see what it sends. */
	private Frame.Added answer() throws InterruptedException {
		PoolEvent event = this.posted.poll(1, TimeUnit.MINUTES);
		assertThat(event).isNotNull();
		event.apply(new TestPool(1).decisions, 0);
		return (Frame.Added) this.sent.remove();
	}

	private static Frame.Add add(long request, String queue, int bytes, boolean bean) {
		return new Frame.Add(request, queue, "d", "c", false, bean, Map.of(), Map.of(), new byte[bytes]);
	}

	private PoolSettings settings() {
		return new PoolSettings("own", new PoolSettings.Limits(1, 0, 0, MAX_PAYLOAD), Duration.ZERO,
				TaskOptions.defaults(), WorkerOptions.defaults(), null, List.of(),
				new BeanSettings(Map.of(), null, Set.of("mail", "later", "broken"), this::lookup));
	}

	private @Nullable TaskQueue lookup(String name) {
		if (name.equals("broken")) {
			throw new IllegalStateException("lookup");
		}
		return name.equals("mail") ? this.queue : null;
	}

}
