package dev.taskqueue.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners are told, and what they cannot do to the queue.
 */
@ExtendWith(NoLeftovers.class)
class ListenerProcessTest {

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	private final List<TaskEvent> ended = Collections.synchronizedList(new ArrayList<>());

	/** Writes everything down. */
	private final class Recorder implements TaskQueueListener {

		@Override
		public void taskStarted(TaskEvent task) {
			note("started " + task.id() + "/" + task.attempt());
		}

		@Override
		public void taskRetried(TaskEvent task, TaskEvent.End end, Duration backoff) {
			note("retried " + task.id() + "/" + task.attempt() + " " + end.state());
		}

		@Override
		public void taskFinished(TaskEvent task, TaskEvent.End end) {
			ListenerProcessTest.this.ended.add(task);
			note("finished " + task.id() + "/" + task.attempt() + " " + end.state() + " "
					+ ((end.failure() != null) ? end.failure().getClass().getSimpleName() : "-"));
		}

		@Override
		public void workerReady(String queue, long pid, Duration startup) {
			note("ready");
		}

		@Override
		public void workerRecycled(String queue, long pid, String why) {
			note("recycled: " + why);
		}

		@Override
		public void workerKilled(String queue, long pid, String why) {
			note("killed");
		}

		@Override
		public void workerCrashed(String queue, CrashReport report) {
			note("crashed " + report.reason());
		}

		private void note(String event) {
			ListenerProcessTest.this.told.add(event);
		}

	}

	@Test
	void everythingIsToldInOrderBeforeTheTerminationReturns() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).listener(new Recorder()).start();
		end(queue.add(Tasks.nothing()));
		end(queue.add(Tasks.throwing("no"), TaskOptions.defaults().maxAttempts(2).backoff(Duration.ZERO)));
		end(queue.add(() -> Runtime.getRuntime().halt(1)));
		end(queue.add(Tasks.looping(), TaskOptions.defaults().timeout(Duration.ofMillis(200))));
		end(queue.add(Tasks.nothing()));
		queue.terminate();
		assertThat(this.told).containsExactly("ready", "started 1/1", "finished 1/1 SUCCEEDED -", "started 2/1",
				"retried 2/1 FAILED", "started 2/2", "finished 2/2 FAILED TaskFailedException", "started 3/1",
				"crashed EXITED", "finished 3/1 CRASHED WorkerCrashedException", "ready", "started 4/1", "killed",
				"finished 4/1 TIMED_OUT TaskTimeoutException", "ready", "started 5/1", "finished 5/1 SUCCEEDED -",
				"recycled: the queue was terminated");
		TaskEvent late = this.ended.get(3);
		assertThat(late.queue()).isEqualTo("taskQueue");
		assertThat(late.pid()).isPositive();
		assertThat(late.ran()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(20));
		assertThat(late.waited()).isPositive().isLessThan(Duration.ofSeconds(30));
	}

	@Test
	void listenerThatThrowsIsLoggedAndHarmsNobody() {
		TaskQueueListener bad = new TaskQueueListener() {

			@Override
			public void taskStarted(TaskEvent task) {
				throw new LinkageError("bad");
			}

		};
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker")) {
			TaskQueue queue = TaskQueue.builder().workerCount(1).listener(bad).listener(new Recorder()).start();
			end(queue.add(Tasks.nothing()));
			queue.terminate();
			assertThat(this.told).contains("started 1/1", "finished 1/1 SUCCEEDED -");
			assertThat(log.messages()).anyMatch((message) -> message.contains("has missed an event"));
		}
	}

	@Test
	void slowListenerHoldsUpNoTaskAndWhatIsTooMuchIsCounted() {
		CountDownLatch gate = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		TaskQueueListener slow = new TaskQueueListener() {

			@Override
			public void taskFinished(TaskEvent task, TaskEvent.End end) {
				calls.incrementAndGet();
				try {
					gate.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		};
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker")) {
			TaskQueue queue = TaskQueue.builder().workerCount(2).listener(slow).start();
			List<TaskHandle<?>> handles = new ArrayList<>();
			for (int i = 0; i < 10_000; i++) {
				handles.add(queue.add(Tasks.nothing()));
			}
			handles.forEach(ListenerProcessTest::end);
			assertThat(calls).hasValue(1);
			gate.countDown();
			queue.terminate();
			assertThat(log.messages()).anyMatch((message) -> message.contains("listeners are too slow"));
			assertThat(calls.get()).isBetween(4_000, 6_000);
		}
	}

	private static void end(TaskHandle<?> handle) {
		try {
			handle.join(Duration.ofSeconds(60));
		}
		catch (TaskQueueException ex) {
			assertThat(handle.state().isFinal()).isTrue();
		}
	}

}
