package dev.taskqueue.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanTask;
import dev.taskqueue.CallableTask;
import dev.taskqueue.ContextSettings;
import dev.taskqueue.CrashReason;
import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.Task;
import dev.taskqueue.TaskContext;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.Greeter;
import dev.taskqueue.fixture.HostileWorker;
import dev.taskqueue.fixture.Hostility;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import dev.taskqueue.test.InlineTaskQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tasks that add tasks, to the application's queues.
 */
@ExtendWith(NoLeftovers.class)
class ForwardedAddsProcessTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final BeanRef<TaskQueue> OWN = BeanRef.of(TaskQueue.class, "own");

	private static final BeanRef<TaskQueue> OTHER = BeanRef.of(TaskQueue.class, "other");

	/** Writes down what it can see. */
	private record Note(String file) implements Task {

		@Override
		public void run() throws Exception {
			Files.writeString(Path.of(this.file), ProcessHandle.current().pid() + " " + TaskContext.current().id() + " "
					+ MDC.get("user") + " " + TaskContext.current().deadline());
		}

		@Override
		public String toString() {
			return "note";
		}

	}

	/** Adds under way, more at a time than a worker may have. */
	private static void addFromThreads(TaskQueue queue, int threads, int each) throws InterruptedException {
		List<Thread> all = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Thread thread = new Thread(() -> {
				for (int j = 0; j < each; j++) {
					queue.add(Tasks.nothing());
				}
			});
			thread.start();
			all.add(thread);
		}
		for (Thread thread : all) {
			thread.join();
		}
	}

	@TempDir
	Path directory;

	@Test
	void taskAddsATaskThatCountsWaitsAndRunsInTheApplicationsQueue() {
		List<TaskEvent> started = new CopyOnWriteArrayList<>();
		TaskQueueListener listener = new TaskQueueListener() {

			@Override
			public void taskStarted(TaskEvent event) {
				started.add(event);
			}

		};
		String file = this.directory.resolve("note").toString();
		try (TaskQueue queue = own((builder) -> builder.listener(listener))) {
			long id = queue.submit(OWN, (own) -> {
				MDC.put("user", "ada");
				return own.add(new Note(file), TaskOptions.defaults().timeout(Duration.ofMinutes(1))).id();
			}).join(LONG);
			assertThat(id).isEqualTo(2);
			Awaitility.await().atMost(LONG).until(() -> queue.processed() == 2);
			assertThat(queue.length()).isZero();
			assertThat(queue.snapshot().succeeded()).isEqualTo(2);
			assertThat(Path.of(file)).content().contains(" 2 ada 20");
			assertThat(started).hasSize(2);
			assertThat(started.get(1).description()).isEqualTo("note");
			assertThat(started.get(1).type()).isEqualTo(Note.class.getName());
		}
	}

	@Test
	void optionsTravel() {
		try (TaskQueue queue = own((builder) -> {
		})) {
			queue.add(OWN, (own) -> {
				own.add(Tasks.nothing(), TaskOptions.defaults().delay(Duration.ofDays(1)));
				own.add(OWN, (again) -> again.length(), TaskOptions.defaults().maxAttempts(2).backoff(Duration.ZERO));
			}).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> queue.snapshot().failed() == 1);
			assertThat(queue.snapshot().delayed()).isEqualTo(1);
			queue.terminate(Duration.ZERO);
		}
	}

	@Test
	void queueThatIsBuiltLaterIsFoundByItsName() {
		Map<String, TaskQueue> queues = new ConcurrentHashMap<>();
		try (TaskQueue queue = own((builder) -> builder.reachableQueues(Set.of("own", "other"), queues::get))) {
			TaskHandle<?> early = queue.add(OTHER, (other) -> other.add(Tasks.nothing()));
			assertThat(failure(early).getMessage()).contains("There is no queue 'other'");
			try (TaskQueue other = TaskQueue.builder().name("other").build()) {
				queues.put("other", other);
				assertThat(queue.submit(OTHER, (known) -> known.submit(Tasks.pid()).id()).join(LONG)).isEqualTo(1);
				assertThat(other.length()).isEqualTo(1);
				assertThat(queue.length()).isZero();
			}
		}
	}

	@Test
	void refusalsAreThrownInTheTaskAsTheyAreAtTheDoor() {
		Map<String, TaskQueue> queues = new ConcurrentHashMap<>();
		try (TaskQueue queue = own((builder) -> builder.reachableQueues(Set.of("own", "other"), queues::get));
				TaskQueue full = TaskQueue.builder().name("full").capacity(1).maxPayload(2000).build();
				TaskQueue closed = TaskQueue.builder().name("closed").build();
				InlineTaskQueue inline = InlineTaskQueue.create()) {
			queues.put("other", full);
			assertThat(
					refused(queue, NoWorkerContextException.class, (other) -> other.add(Greeter.class, Greeter::pid)))
				.contains("Queue 'full' refuses a task that needs a bean");
			assertThat(refused(queue, PayloadTooLargeException.class, (other) -> other.add(new Heavy(new byte[3000]))))
				.contains("2000 are allowed");
			assertThat(refused(queue, QueueFullException.class, (other) -> {
				other.add(Tasks.nothing());
				other.add(Tasks.nothing());
			})).contains("Queue 'full' is full");
			closed.terminate();
			queues.put("other", closed);
			assertThat(refused(queue, QueueClosedException.class, (other) -> other.add(Tasks.nothing())))
				.contains("Queue 'closed' is terminated");
			queues.put("other", inline);
			assertThat(refused(queue, IllegalArgumentException.class, (other) -> other.add(Tasks.nothing())))
				.contains("takes no tasks from workers");
			assertThat(
					refused(queue, TaskNotSerializableException.class, (other) -> other.add(new Holder(new Object()))))
				.contains("java.lang.Object is not serializable");
			assertThat(full.length()).isEqualTo(1);
			assertThat(inline.processed()).isZero();
		}
	}

	@Test
	void everythingButAddingIsTheApplications() {
		try (TaskQueue queue = own((builder) -> {
		})) {
			assertThat(queue.submit(OWN, (own) -> {
				own.close();
				TaskHandle<?> handle = own.add(Tasks.nothing());
				return List.of(message(own::length), message(own::snapshot), message(own::terminate),
						message(own::start), message(handle::join), message(handle::state), message(handle::cancel));
			}).join(LONG)).hasSize(7)
				.allSatisfy((message) -> assertThat(message).contains("the application"))
				.anySatisfy((message) -> assertThat(message).contains("Added task 2 of queue 'own'"));
			assertThat(queue.submit(ContextSettings.class, (settings) -> settings.queues().toString()).join(LONG))
				.isEqualTo("[own]");
			TaskHandle<?> unknown = queue.add(ContextSettings.class, (settings) -> settings.queue("nobody's"));
			assertThat(failure(unknown).getMessage()).contains("There is no queue 'nobody's'; tasks can add to [own]");
		}
	}

	@Test
	void manyAtOnceAllArrive() {
		try (TaskQueue queue = own((builder) -> {
		})) {
			queue.add(OWN, (own) -> addFromThreads(own, 32, 25)).join(LONG);
			Awaitility.await().atMost(LONG).until(() -> queue.processed() == 801);
		}
	}

	@Test
	void taskOfAWorkerThatIsKilledRightAfterItsAddCountsAndRuns() {
		try (TaskQueue queue = own((builder) -> {
		})) {
			TaskHandle<?> last = queue.add(OWN, (own) -> {
				own.add(Tasks.nothing());
				Runtime.getRuntime().halt(9);
			});
			assertThat(catchThrowableOfType(WorkerCrashedException.class, () -> last.join(LONG))).isNotNull();
			Awaitility.await().atMost(LONG).until(() -> queue.processed() == 2);
			assertThat(queue.snapshot().succeeded()).isEqualTo(1);
		}
	}

	@Test
	void drainWaitsForNoTaskThatIsRefusedMeanwhile() throws Exception {
		TaskQueue queue = own((builder) -> {
		});
		CallableTask<Long> blocked = new Blocked(this.directory);
		TaskHandle<String> late = queue.submit(OWN, (own) -> {
			blocked.call();
			return message(() -> own.add(Tasks.nothing()));
		});
		Blocked.awaitStarted(this.directory, 1);
		Thread end = new Thread(() -> queue.terminate(LONG));
		end.start();
		Awaitility.await().atMost(LONG).until(() -> queue.snapshot().state().toString().equals("TERMINATING"));
		Blocked.release(this.directory);
		assertThat(late.join(LONG)).contains("Queue 'own' is terminated");
		end.join();
	}

	@Test
	void workerThatDoesNotWaitForItsAnswersIsThrownOut() {
		try (TaskQueue queue = own((builder) -> builder
			.worker(HostileWorker.first(this.directory.resolve("first"), Hostility.ADD_FLOOD)))) {
			TaskHandle<Long> victim = queue.submit(Tasks.pid());
			WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class, () -> victim.join(LONG));
			assertThat(crash.reason()).isEqualTo(CrashReason.CHANNEL_CORRUPT);
			assertThat(crash.report().detail()).contains("17 tasks with 170 bytes in all to be added at once");
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
		}
	}

	private record Heavy(byte[] load) implements Task {

		@Override
		public void run() {
			// Never
		}

	}

	private record Holder(Object held) implements Task {

		@Override
		public void run() {
			// Never
		}

	}

	private static String message(Runnable call) {
		try {
			call.run();
			return "nothing thrown";
		}
		catch (RuntimeException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private static String refused(TaskQueue queue, Class<? extends RuntimeException> type, BeanTask<TaskQueue> task) {
		TaskFailedException failure = failure(queue.add(OTHER, task));
		assertThat(failure.getMessage()).contains(type.getName());
		return String.valueOf(failure.getMessage());
	}

	private static TaskFailedException failure(TaskHandle<? extends @Nullable Object> task) {
		return catchThrowableOfType(TaskFailedException.class, () -> task.join(LONG));
	}

	private TaskQueue own(Consumer<TaskQueue.Builder> settings) {
		TaskQueue.Builder builder = TaskQueue.builder()
			.name("own")
			.workerCount(1)
			.workerContext(Map.of("directory", this.directory.toString()));
		settings.accept(builder);
		return builder.start();
	}

}
