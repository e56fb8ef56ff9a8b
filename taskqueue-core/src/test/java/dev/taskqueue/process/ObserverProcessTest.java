package dev.taskqueue.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskObserver;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an observer sees of a task, from the thread that adds it to its end.
 */
@ExtendWith(NoLeftovers.class)
class ObserverProcessTest {

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final TaskQueue queue = TaskQueue.builder().workerCount(1).observer(new Recorder()).start();

	/** Follows every task under a name of its own. */
	private final class Recorder implements TaskObserver {

		@Override
		public <R extends @Nullable Object> TaskHandle<R> observe(String queue, String type,
				Function<@Nullable TaskQueueListener, TaskHandle<R>> add) {
			ObserverProcessTest.this.seen.add("adding to " + queue + " in " + Thread.currentThread().getName());
			MDC.put("trace", "t" + ObserverProcessTest.this.seen.size());
			try {
				return add.apply(new Follower(type));
			}
			catch (TaskQueueException ex) {
				ObserverProcessTest.this.seen.add("refused: " + ex.getClass().getSimpleName());
				throw ex;
			}
			finally {
				MDC.remove("trace");
			}
		}

	}

	private final class Follower implements TaskQueueListener {

		private final String type;

		Follower(String type) {
			this.type = type;
		}

		@Override
		public void taskStarted(TaskEvent task) {
			assertThat(task.type()).isEqualTo(this.type);
			ObserverProcessTest.this.seen.add("started " + task.id());
		}

		@Override
		public void taskRetried(TaskEvent task, TaskEvent.End end, Duration backoff) {
			ObserverProcessTest.this.seen.add("retried " + task.id());
		}

		@Override
		public void taskFinished(TaskEvent task, TaskEvent.End end) {
			ObserverProcessTest.this.seen.add("finished " + task.id() + " " + end.state());
		}

	}

	@Test
	void aTaskIsFollowedFromItsAddToItsEnd() {
		this.queue.add(Tasks.nothing()).join();
		TaskHandle<?> failing = this.queue.add(Tasks.throwing("no"),
				TaskOptions.defaults().maxAttempts(2).backoff(Duration.ZERO));
		assertThatExceptionOfType(TaskQueueException.class).isThrownBy(failing::join);
		this.queue.terminate();
		String adding = "adding to taskQueue in " + Thread.currentThread().getName();
		assertThat(this.seen).containsSubsequence(adding, "started 1", "finished 1 SUCCEEDED");
		assertThat(this.seen).containsSubsequence(adding, "started 2", "retried 2", "started 2", "finished 2 FAILED");
		assertThat(this.seen).hasSize(8);
	}

	@Test
	void whatItPutsIntoTheDiagnosticContextIsTheTasks() {
		assertThat(this.queue.submit(() -> MDC.get("trace")).join()).isEqualTo("t1");
		assertThat(MDC.get("trace")).isNull();
		this.queue.terminate();
	}

	@Test
	void refusalsPassThrough() {
		this.queue.terminate();
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> this.queue.add(Tasks.nothing()));
		assertThat(this.seen).last().isEqualTo("refused: QueueClosedException");
	}

}
