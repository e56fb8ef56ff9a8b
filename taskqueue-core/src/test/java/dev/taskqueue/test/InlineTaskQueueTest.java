package dev.taskqueue.test;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import dev.taskqueue.CallableTask;
import dev.taskqueue.JoinTimeoutException;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.QueueMode;
import dev.taskqueue.QueueState;
import dev.taskqueue.ResultUnreadableException;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskContext;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskState;
import dev.taskqueue.TaskTimeoutException;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a queue without processes does as one with them, in the calling thread. */
@Timeout(20)
@ExtendWith(NoLeftovers.class)
class InlineTaskQueueTest {

	private static final TaskOptions LATER = TaskOptions.defaults().delay(Duration.ofMinutes(10));

	/** What tasks here leave behind: they are copies, but statics are shared. */
	private static final List<String> ran = new ArrayList<>();

	private final List<String> told = new ArrayList<>();

	private final InlineTaskQueue queue = InlineTaskQueue
		.create((settings) -> settings.name("tests").capacity(2).maxPayload(20_000).listener(new Told(this.told)));

	@BeforeEach
	void forget() {
		ran.clear();
	}

	@AfterEach
	void close() {
		this.queue.close();
	}

	@Test
	void aTaskRunsInTheCallingThreadBeforeAddReturns() {
		TaskHandle<Thread.State> unused = this.queue.submit(() -> {
			ran.add(Thread.currentThread().getName());
			return Thread.State.NEW;
		});
		assertThat(ran).containsExactly(Thread.currentThread().getName());
		assertThat(unused.state()).isEqualTo(TaskState.SUCCEEDED);
		assertThat(unused.id()).isOne();
		assertThat(this.queue.processed()).isOne();
		assertThat(this.queue.length()).isZero();
	}

	@Test
	void theBuilderBuildsOneToo() {
		try (TaskQueue built = TaskQueue.builder().mode(QueueMode.INLINE).build()) {
			assertThat(built).isInstanceOf(InlineTaskQueue.class);
			assertThat(built.snapshot().state()).isEqualTo(QueueState.CREATED);
		}
	}

	@Test
	void taskAndResultAreCopies() {
		List<String> list = new ArrayList<>(List.of("a"));
		List<String> result = this.queue.submit((CallableTask<List<String>> & Serializable) () -> {
			list.add("b");
			return list;
		}).join();
		assertThat(result).containsExactly("a", "b");
		assertThat(list).containsExactly("a");
	}

	@Test
	void whatCannotBeSerializedIsRefusedWithItsPath() {
		Object socket = new Object();
		CallableTask<Integer> task = socket::hashCode;
		assertThatExceptionOfType(TaskNotSerializableException.class).isThrownBy(() -> this.queue.submit(task))
			.withMessageContaining("java.lang.Object");
		assertThat(this.queue.length()).isZero();
		assertThat(this.queue.processed()).isZero();
	}

	@Test
	void tasksAndResultsAreLimitedInSize() {
		byte[] large = new byte[30_000];
		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> this.queue.submit(() -> large.length));
		TaskHandle<byte[]> handle = this.queue.submit(() -> new byte[30_000]);
		assertThat(handle.state()).isEqualTo(TaskState.FAILED);
		assertThatExceptionOfType(TaskFailedException.class).isThrownBy(handle::join)
			.withMessageContaining("PayloadTooLargeException")
			.withMessageContaining("The result cannot be sent back");
	}

	@Test
	void aResultThatCannotBeWrittenFailsTheTask() {
		TaskHandle<Object> handle = this.queue.submit(Object::new);
		assertThatExceptionOfType(TaskFailedException.class).isThrownBy(handle::join)
			.withMessageContaining("TaskNotSerializableException");
	}

	@Test
	void aResultOfAClassNobodyAskedForIsUnreadable() {
		TaskHandle<Pattern> handle = this.queue.submit(() -> Pattern.compile("a"));
		assertThat(handle.state()).isEqualTo(TaskState.SUCCEEDED);
		assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(handle::join)
			.withMessageContaining("java.util.regex.Pattern");
		TaskOptions declared = TaskOptions.defaults().resultType(Pattern.class);
		assertThat(this.queue.submit(() -> Pattern.compile("a"), declared).join().pattern()).isEqualTo("a");
	}

	@Test
	void whatATaskThrowsArrivesAsText() {
		TaskHandle<?> handle = this.queue.add(Tasks.throwing("on purpose"));
		assertThatExceptionOfType(TaskFailedException.class).isThrownBy(handle::join)
			.withMessageContaining("java.lang.IllegalStateException: on purpose")
			.satisfies((ex) -> assertThat(ex.remoteTrace()).contains("Tasks.lambda$throwing"));
	}

	@Test
	void errorsAreFailuresAndTheQueueGoesOn() {
		TaskHandle<?> handle = this.queue.add(InlineTaskQueueTest::overflow);
		assertThatExceptionOfType(TaskFailedException.class).isThrownBy(handle::join)
			.withMessageContaining("StackOverflowError");
		assertThat(this.queue.submit(() -> 6 * 7).join()).isEqualTo(42);
	}

	@Test
	void attemptsFollowAtOnce() {
		TaskOptions thrice = TaskOptions.defaults().maxAttempts(3).backoff(Duration.ofDays(1));
		TaskHandle<Integer> handle = this.queue.submit(() -> {
			int attempt = TaskContext.current().attempt();
			ran.add("attempt " + attempt);
			if (attempt < 3) {
				throw new IllegalStateException("not yet");
			}
			return attempt;
		}, thrice);
		assertThat(handle.state()).isEqualTo(TaskState.SUCCEEDED);
		assertThat(handle.join()).isEqualTo(3);
		assertThat(ran).containsExactly("attempt 1", "attempt 2", "attempt 3");
		assertThat(this.told).containsExactly("started 1", "retried 1", "started 2", "retried 2", "started 3",
				"finished SUCCEEDED");
	}

	@Test
	void aDelayedTaskWaitsUntilTimeIsMoved() {
		TaskHandle<?> handle = this.queue.add(Tasks.nothing(), LATER);
		assertThat(handle.state()).isEqualTo(TaskState.DELAYED);
		assertThat(this.queue.snapshot().delayed()).isOne();
		this.queue.advance(Duration.ofMinutes(9));
		assertThat(handle.state()).isEqualTo(TaskState.DELAYED);
		this.queue.advance(Duration.ofMinutes(1));
		assertThat(handle.state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void tasksGetDueInTheirOrder() {
		this.queue.add(() -> ran.add("ten"), LATER);
		this.queue.add(() -> ran.add("five"), TaskOptions.defaults().delay(Duration.ofMinutes(5)));
		this.queue.advance(Duration.ofHours(1));
		assertThat(ran).containsExactly("five", "ten");
	}

	@Test
	void joinLetsTheTimePass() {
		TaskHandle<String> handle = this.queue.submit(() -> "done", LATER);
		assertThatExceptionOfType(JoinTimeoutException.class).isThrownBy(() -> handle.join(Duration.ofMinutes(4)));
		assertThat(handle.join(Duration.ofMinutes(6))).isEqualTo("done");
		assertThat(this.queue.submit(() -> "again", LATER).join()).isEqualTo("again");
	}

	@Test
	void timeDoesNotGoBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.queue.advance(Duration.ofNanos(-1)));
	}

	@Test
	void pausedTasksWaitAndRunInTheThreadThatResumesByPriority() {
		this.queue.pause();
		TaskHandle<?> low = this.queue.add(() -> ran.add("low"));
		this.queue.add(() -> ran.add("high"), TaskOptions.defaults().priority(1));
		assertThat(low.state()).isEqualTo(TaskState.WAITING);
		assertThat(this.queue.snapshot().state()).isEqualTo(QueueState.PAUSED);
		assertThat(this.queue.length()).isEqualTo(2);
		assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> this.queue.add(Tasks.nothing()));
		this.queue.resume();
		assertThat(ran).containsExactlyInAnyOrder("high", "low").startsWith("high");
		assertThat(low.state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void waitingTooLongIsATimeout() {
		this.queue.pause();
		TaskHandle<?> handle = this.queue.add(Tasks.nothing(),
				TaskOptions.defaults().queueTimeout(Duration.ofSeconds(5)));
		this.queue.advance(Duration.ofSeconds(5));
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(handle::join);
	}

	@Test
	void aWaitingTaskCanBeCancelled() {
		TaskHandle<?> handle = this.queue.add(() -> ran.add("cancelled"), LATER);
		assertThat(handle.cancel()).isTrue();
		assertThat(handle.cancel()).isFalse();
		this.queue.advance(Duration.ofDays(1));
		assertThatExceptionOfType(TaskCancelledException.class).isThrownBy(handle::join);
		assertThat(ran).isEmpty();
	}

	@Test
	void tasksThatWereAddedBeforeRunInTheThreadThatStarts() {
		try (TaskQueue early = TaskQueue.builder().mode(QueueMode.INLINE).build()) {
			TaskHandle<?> handle = early.add(() -> ran.add(Thread.currentThread().getName()));
			assertThat(handle.state()).isEqualTo(TaskState.WAITING);
			early.start();
			assertThat(handle.state()).isEqualTo(TaskState.SUCCEEDED);
			assertThat(ran).containsExactly(Thread.currentThread().getName());
		}
	}

	@Test
	void terminateCancelsWhatIsNotDueAndStartOpensAgain() {
		TaskHandle<?> handle = this.queue.add(Tasks.nothing(), LATER);
		assertThat(this.queue.terminate()).isFalse();
		assertThat(handle.state()).isEqualTo(TaskState.CANCELLED);
		assertThat(this.queue.snapshot().state()).isEqualTo(QueueState.TERMINATED);
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> this.queue.add(Tasks.nothing()));
		assertThat(this.queue.terminate()).isFalse();
		this.queue.start();
		assertThat(this.queue.submit(() -> "open").join()).isEqualTo("open");
		assertThat(this.queue.processed()).isEqualTo(2);
		assertThat(this.queue.terminate()).isTrue();
	}

	@Test
	void aTaskKnowsItsContextAndTheCallersStaysAsItWas() {
		MDC.put("user", "jane");
		String name = this.queue.submit(() -> {
			TaskContext.current().progress(0.5, "half");
			String user = MDC.get("user");
			MDC.put("user", "task");
			Thread.currentThread().interrupt();
			return user + (TaskContext.current().deadline() != null);
		}, TaskOptions.defaults().timeout(Duration.ofMinutes(1))).join();
		assertThat(name).isEqualTo("janetrue");
		assertThat(MDC.get("user")).isEqualTo("jane");
		assertThat(Thread.interrupted()).isFalse();
		assertThatIllegalStateException().isThrownBy(TaskContext::current);
		MDC.clear();
	}

	@Test
	void anInterruptOfTheCallerIsNotTheTasks() {
		Thread.currentThread().interrupt();
		TaskHandle<Boolean> handle = this.queue.submit(() -> Thread.currentThread().isInterrupted());
		assertThat(Thread.interrupted()).isTrue();
		assertThat(handle.join()).isFalse();
	}

	@Test
	void listenersAndFuturesAreServedBeforeAddReturns() {
		TaskHandle<?> handle = this.queue.add(Tasks.throwing("no"), TaskOptions.defaults().description("mail"));
		assertThat(this.told).containsExactly("started 1", "finished FAILED");
		assertThat(handle.result()).isCompletedExceptionally();
		TaskHandle<String> later = this.queue.submit(() -> "x", LATER);
		CompletableFuture<String> future = later.result().thenApply((x) -> x + this.queue.submit(() -> "y").join());
		this.queue.advance(Duration.ofHours(1));
		assertThat(future).isCompletedWithValue("xy");
	}

	@Test
	void snapshotsCountAndShowNoWorkers() {
		this.queue.add(Tasks.nothing());
		this.queue.add(Tasks.throwing("no"));
		this.queue.add(Tasks.nothing(), LATER);
		assertThat(this.queue.snapshot()).satisfies((snapshot) -> {
			assertThat(snapshot.name()).isEqualTo("tests");
			assertThat(snapshot.state()).isEqualTo(QueueState.RUNNING);
			assertThat(snapshot.succeeded()).isOne();
			assertThat(snapshot.failed()).isOne();
			assertThat(snapshot.delayed()).isOne();
			assertThat(snapshot.workers()).isEmpty();
			assertThat(snapshot.crashes()).isEmpty();
		});
	}

	private static void overflow() {
		overflow(0);
	}

	private static int overflow(int depth) {
		return (depth >= 0) ? overflow(depth + 1) + 1 : 0;
	}

	/** Notes what happens. */
	private record Told(List<String> told) implements TaskQueueListener {

		@Override
		public void taskStarted(TaskEvent task) {
			this.told.add("started " + task.attempt());
		}

		@Override
		public void taskRetried(TaskEvent task, TaskEvent.End end, Duration backoff) {
			this.told.add("retried " + task.attempt());
		}

		@Override
		public void taskFinished(TaskEvent task, TaskEvent.End end) {
			this.told.add("finished " + end.state());
		}

		@Override
		public void workerReady(String queue, long pid, Duration startup) {
			this.told.add("a worker");
		}

	}

}
