package dev.taskqueue.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.CallableTask;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.QueueState;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What is refused in the caller's thread, on a queue that is never started: nothing is
 * queued, nothing is counted.
 */
@Timeout(20)
class PoolTaskQueueDoorTest {

	private final TaskQueue queue = TaskQueue.builder().name("door").capacity(2).maxPayload(20_000).build();

	@AfterEach
	void close() {
		this.queue.close();
	}

	@Test
	void addWhenFullIsRefused() {
		this.queue.add(PoolTaskQueueDoorTest::nothing);
		this.queue.add(PoolTaskQueueDoorTest::nothing);
		assertThatExceptionOfType(QueueFullException.class)
			.isThrownBy(() -> this.queue.add(PoolTaskQueueDoorTest::nothing));
		assertThat(this.queue.length()).isEqualTo(2);
	}

	@Test
	void addWhenTerminatedIsRefusedBeforeItIsSerialized() {
		assertThat(this.queue.terminate(Duration.ZERO)).isTrue();
		Object socket = new Object();
		CallableTask<Integer> unserializable = socket::hashCode;
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> this.queue.submit(unserializable));
	}

	@Test
	void aTaskThatIsNotSerializableIsRefusedWithItsPath() {
		Object socket = new Object();
		CallableTask<Integer> task = socket::hashCode;
		assertThatExceptionOfType(TaskNotSerializableException.class).isThrownBy(() -> this.queue.submit(task))
			.withMessageStartingWith("Queue 'door' refuses a task: java.lang.Object is not serializable (at ");
		assertThat(this.queue.length()).isZero();
	}

	@Test
	void aTaskTooLargeIsRefused() {
		byte[] large = new byte[20_000];
		CallableTask<Integer> task = () -> large.length;
		assertThatExceptionOfType(PayloadTooLargeException.class).isThrownBy(() -> this.queue.submit(task))
			.withMessageContaining("takes more than 20000 bytes when serialized");
	}

	@Test
	@SuppressWarnings("NullAway") // on purpose
	void nullIsRefused() {
		assertThatNullPointerException().isThrownBy(() -> this.queue.add(null));
		assertThatNullPointerException()
			.isThrownBy(() -> this.queue.add(PoolTaskQueueDoorTest::nothing, (TaskOptions) null));
		assertThat(this.queue.length()).isZero();
	}

	@Test
	void aSnapshotIncludesWhatThisThreadHasAdded() {
		this.queue.add(PoolTaskQueueDoorTest::nothing);
		this.queue.add(PoolTaskQueueDoorTest::nothing, TaskOptions.defaults().delay(Duration.ofDays(1)));
		assertThat(this.queue.snapshot().waiting()).isOne();
		assertThat(this.queue.snapshot().delayed()).isOne();
		assertThat(this.queue.snapshot().state()).isEqualTo(QueueState.CREATED);
	}

	@Test
	void terminateOfAQueueThatWasNeverStartedCancelsAndSaysSo() {
		TaskHandle<?> handle = this.queue.add(PoolTaskQueueDoorTest::nothing);
		assertThat(this.queue.terminate(Duration.ofDays(1))).isFalse();
		assertThat(handle.state()).isEqualTo(TaskState.CANCELLED);
		assertThat(this.queue.processed()).isOne();
		assertThat(this.queue.snapshot().state()).isEqualTo(QueueState.TERMINATED);
		assertThat(this.queue.terminate()).isFalse();
	}

	@Test
	void anExplicitDescriptionIsCutLikeAnyOther() {
		Task task = PoolTaskQueueDoorTest::nothing;
		TaskHandle<?> handle = this.queue.add(task, TaskOptions.defaults().description("x".repeat(300)));
		assertThat(handle).hasToString("task 1 '" + "x".repeat(200) + "' of queue 'door'");
	}

	@Test
	void aCancelledTaskMakesRoom() {
		List<TaskHandle<?>> handles = new ArrayList<>();
		handles.add(this.queue.add(PoolTaskQueueDoorTest::nothing));
		handles.add(this.queue.add(PoolTaskQueueDoorTest::nothing));
		assertThat(handles.get(0).cancel()).isTrue();
		assertThat(this.queue.snapshot().waiting()).isOne();
		this.queue.add(PoolTaskQueueDoorTest::nothing);
	}

	private static void nothing() {
		// As it says
	}

}
