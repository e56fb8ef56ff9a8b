package dev.taskqueue.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Several threads use one queue without processes. */
@Timeout(30)
class InlineTaskQueueThreadsTest {

	private static final AtomicInteger calls = new AtomicInteger();

	private static CountDownLatch started = new CountDownLatch(1);

	private static CountDownLatch released = new CountDownLatch(1);

	private static final AtomicReference<String> end = new AtomicReference<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final InlineTaskQueue queue = InlineTaskQueue.create();

	@BeforeEach
	void forget() {
		calls.set(0);
		end.set("");
		started = new CountDownLatch(1);
		released = new CountDownLatch(1);
	}

	@AfterEach
	void close() {
		released.countDown();
		this.queue.close();
		this.threads.shutdownNow();
	}

	@Test
	void manyThreadsLoseNothing() throws Exception {
		AtomicInteger finished = new AtomicInteger();
		try (InlineTaskQueue many = InlineTaskQueue.create((settings) -> settings.listener(new TaskQueueListener() {

			@Override
			public void taskFinished(TaskEvent task, TaskEvent.End end) {
				finished.setPlain(finished.getPlain() + 1); // one at a time
			}

		}))) {
			List<Future<Integer>> sums = new ArrayList<>();
			for (int thread = 0; thread < 8; thread++) {
				sums.add(this.threads.submit(() -> {
					int sum = 0;
					for (int i = 0; i < 500; i++) {
						sum += many.submit(() -> {
							calls.incrementAndGet();
							return 1;
						}).join();
					}
					return sum;
				}));
			}
			int sum = 0;
			for (Future<Integer> each : sums) {
				sum += each.get();
			}
			assertThat(sum).isEqualTo(4000);
			assertThat(many.terminate()).isTrue();
			assertThat(calls).hasValue(4000);
			assertThat(many.processed()).isEqualTo(4000);
			assertThat(finished).hasValue(4000);
		}
	}

	@Test
	void theQueueAnswersWhileATaskRunsAndOthersRunBesideIt() throws Exception {
		Future<TaskHandle<?>> other = this.threads.submit(() -> this.queue.add(InlineTaskQueueThreadsTest::await));
		started.await();
		assertThat(this.queue.snapshot().running()).isOne();
		assertThat(this.queue.length()).isOne();
		assertThat(this.queue.submit(() -> "beside it").join()).isEqualTo("beside it");
		released.countDown();
		assertThat(other.get().state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void aRunningTaskThatIsCancelledIsInterruptedAndFinalAtOnce() throws Exception {
		List<TaskHandle<?>> handles = new ArrayList<>();
		this.queue.pause();
		handles.add(this.queue.add(InlineTaskQueueThreadsTest::await));
		Future<?> other = this.threads.submit(this.queue::resume);
		started.await();
		assertThat(handles.get(0).cancel()).isTrue();
		assertThat(handles.get(0).state()).isEqualTo(TaskState.CANCELLED);
		other.get();
		assertThat(end).hasValue("interrupted");
		assertThat(this.queue.snapshot().cancelled()).isOne();
		assertThat(this.queue.snapshot().running()).isZero();
	}

	@Test
	void timeThatIsMovedBeyondALimitInterruptsTheTask() throws Exception {
		TaskOptions options = TaskOptions.defaults().softTimeout(Duration.ofSeconds(5)).grace(Duration.ofSeconds(5));
		Future<TaskHandle<?>> other = this.threads
			.submit(() -> this.queue.add(InlineTaskQueueThreadsTest::await, options));
		started.await();
		this.queue.advance(Duration.ofSeconds(4));
		assertThat(this.queue.snapshot().running()).isOne();
		this.queue.advance(Duration.ofSeconds(1));
		assertThat(other.get().state()).isEqualTo(TaskState.TIMED_OUT);
		assertThat(end).hasValue("interrupted");
	}

	@Test
	void terminateGivesOtherThreadsTheirTime() throws Exception {
		Future<TaskHandle<?>> other = this.threads.submit(() -> this.queue.add(InlineTaskQueueThreadsTest::await));
		started.await();
		Future<Boolean> drained = this.threads.submit(() -> this.queue.terminate(Duration.ofSeconds(20)));
		released.countDown();
		assertThat(drained.get()).isTrue();
		assertThat(other.get().state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void terminateEndsWithoutTasksThatDoNot() throws Exception {
		Future<TaskHandle<?>> other = this.threads.submit(() -> this.queue.add(InlineTaskQueueThreadsTest::await));
		started.await();
		assertThat(this.queue.terminate(Duration.ofMillis(10))).isFalse();
		assertThat(other.get().state()).isEqualTo(TaskState.CANCELLED);
		assertThat(end).hasValue("interrupted");
	}

	@Test
	void aTaskMayAddAnother() throws ExecutionException, InterruptedException {
		nested = this.queue;
		assertThat(this.queue.submit(() -> nested.submit(() -> "inner").join() + " in outer").join())
			.isEqualTo("inner in outer");
	}

	private static InlineTaskQueue nested = InlineTaskQueue.create();

	private static void await() {
		started.countDown();
		try {
			released.await();
			end.set("released");
		}
		catch (InterruptedException ex) {
			end.set("interrupted");
		}
	}

}
