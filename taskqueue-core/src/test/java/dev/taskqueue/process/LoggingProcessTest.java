package dev.taskqueue.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.taskqueue.CallableTask;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.fixture.NumberedLog;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Processes;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything of every process comes out of the application's own logging.
 */
@ExtendWith(NoLeftovers.class)
class LoggingProcessTest {

	private static final int FLOOD_LINES = 500_000;

	@Test
	void slf4jKeepsLoggerLevelMessageContextThreadAndException() {
		try (CapturedLog log = CapturedLog.of("acme"); TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<?> handle = queue.add(() -> {
				MDC.put("order", "4711");
				Thread.currentThread().setName("renamed");
				LoggerFactory.getLogger("acme.Orders")
					.warn("order {} is {}", 4711, "late", new IllegalStateException("why"));
			});
			handle.join();
			ILoggingEvent event = awaitOne(log);
			assertThat(event.getLoggerName()).isEqualTo("acme.Orders");
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).startsWith("order 4711 is late")
				.contains("java.lang.IllegalStateException: why", "\tat ");
			assertThat(event.getThreadName()).isEqualTo("renamed");
			assertThat(event.getMDCPropertyMap()).containsEntry("order", "4711")
				.containsEntry("taskqueue.queue", "taskQueue")
				.containsEntry("taskqueue.task", Long.toString(handle.id()))
				.containsEntry("taskqueue.worker", Long.toString(queue.snapshot().workers().get(0).pid()));
		}
	}

	/** What Boot's log patterns read the application's name from. */
	@Test
	void propertiesOfTheLoggerContextAreWithEveryEvent() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.putProperty("APPLICATION", "shop");
		try (CapturedLog log = CapturedLog.of("acme"); TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(() -> LoggerFactory.getLogger("acme").info("here")).join();
			assertThat(awaitOne(log).getLoggerContextVO().getPropertyMap()).containsEntry("APPLICATION", "shop");
		}
		finally {
			context.putProperty("APPLICATION", null);
		}
	}

	@Test
	void contextOfWhoeverAddsReachesTheTask() {
		try (CapturedLog log = CapturedLog.of("acme"); TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			MDC.put("request", "r-17");
			TaskHandle<?> handle = queue.add(() -> LoggerFactory.getLogger("acme").info("of {}", MDC.get("request")));
			MDC.clear();
			handle.join();
			queue.add(() -> LoggerFactory.getLogger("acme").info("of {}", MDC.get("request"))).join();
			Awaitility.await().until(() -> log.events().size() == 2);
			assertThat(log.messages()).containsExactly("of r-17", "of null");
			assertThat(log.events().get(0).getMDCPropertyMap()).containsEntry("request", "r-17");
		}
	}

	@Test
	void contextOfOneTaskDoesNotReachTheNext() {
		try (CapturedLog log = CapturedLog.of("acme"); TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(() -> MDC.put("order", "4711")).join();
			queue.add(() -> LoggerFactory.getLogger("acme").info("next")).join();
			assertThat(awaitOne(log).getMDCPropertyMap()).doesNotContainKey("order");
		}
	}

	/** Also where it is the task that starts SLF4J: no task before has logged. */
	@Test
	void contextDoesNotReachTheNextTaskOfAnotherWorkerEither() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(2).start()) {
			for (int i = 0; i < 3; i++) {
				assertThat(queue.submit(new Leaving("order")).join()).isEqualTo("nothing");
				assertThat(queue.submit(new Leaving("order")).join()).isEqualTo("nothing");
			}
		}
	}

	@Test
	void javaUtilLoggingArrivesToo() {
		try (CapturedLog log = CapturedLog.of("acme"); TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue
				.add(() -> java.util.logging.Logger.getLogger("acme.Jul")
					.log(java.util.logging.Level.WARNING, "seen by {0}", "jul"))
				.join();
			ILoggingEvent event = awaitOne(log);
			assertThat(event.getLoggerName()).isEqualTo("acme.Jul");
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).isEqualTo("seen by jul");
		}
	}

	@Test
	void standardOutputAndErrorBecomeLinesOfTheirTask() {
		try (CapturedLog out = CapturedLog.of("dev.taskqueue.stdout");
				CapturedLog err = CapturedLog.of("dev.taskqueue.stderr");
				TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<?> handle = queue.add(() -> {
				System.out.println("größer → 𝄞");
				System.out.print("no line break");
				System.err.println("to error");
			});
			handle.join();
			Awaitility.await().until(() -> out.messages().size() == 2 && err.messages().size() == 1);
			assertThat(out.messages()).containsExactly("größer → 𝄞", "no line break");
			assertThat(err.messages()).containsExactly("to error");
			assertThat(err.events().get(0).getLevel()).isEqualTo(Level.WARN);
			assertThat(out.events().get(1).getMDCPropertyMap()).containsEntry("taskqueue.task",
					Long.toString(handle.id()));
		}
	}

	@Test
	void rawOutputOfAChildProcessBecomesLinesToo() {
		try (CapturedLog out = CapturedLog.of("dev.taskqueue.stdout");
				TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(() -> new ProcessBuilder("sh", "-c", "echo raw one; echo raw two").inheritIO().start().waitFor())
				.join();
			Awaitility.await().until(() -> out.messages().size() == 2);
			assertThat(out.messages()).containsExactly("raw one", "raw two");
			assertThat(out.events().get(0).getMDCPropertyMap()).containsKey("taskqueue.worker");
		}
	}

	/** A worker that is recycled says everything first, however slow the appender is. */
	@Test
	void nothingIsLostWhenASlowlyLoggedWorkerLeaves() {
		int lines = 300;
		try (NumberedLog slow = NumberedLog.of("acme.Slow", "event ", " " + "y".repeat(2000)).slowedBy(20);
				TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).start()) {
			queue.add(() -> {
				for (int i = 0; i < lines; i++) {
					LoggerFactory.getLogger("acme.Slow").info("event {} {}", i, "y".repeat(2000));
				}
			}).join(Duration.ofMinutes(1));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(slow.count()).isEqualTo(lines));
			assertThat(slow.outOfOrder()).isZero();
		}
	}

	/**
	 * What one task does to its thread and to System.out is not the next one's trouble.
	 */
	@Test
	void brokenSystemOutOfOneTaskDoesNotEndTheWorker() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			long pid = queue.submit(() -> {
				System.setOut(brokenStream());
				Thread.currentThread().setName("renamed");
				Thread.currentThread().interrupt();
				return ProcessHandle.current().pid();
			}).join(Duration.ofMinutes(1));
			assertThat(queue.submit(Tasks.pid()).join(Duration.ofMinutes(1))).isEqualTo(pid);
			assertThat(queue.submit(() -> Thread.currentThread().getName() + Thread.currentThread().isInterrupted())
				.join()).isEqualTo("taskfalse");
		}
	}

	@Test
	void levelsOfTheApplicationHoldInTheWorker() {
		Logger logger = (Logger) LoggerFactory.getLogger("acme.detail");
		logger.setLevel(Level.DEBUG);
		try (CapturedLog log = CapturedLog.of("acme"); TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			assertThat(queue
				.submit(() -> List.of(LoggerFactory.getLogger("acme.detail.Sub").isDebugEnabled(),
						LoggerFactory.getLogger("acme.other").isDebugEnabled(),
						java.util.logging.Logger.getLogger("acme.detail.Jul").isLoggable(java.util.logging.Level.FINE),
						java.util.logging.Logger.getLogger("acme.other").isLoggable(java.util.logging.Level.FINE)))
				.join()).containsExactly(true, false, true, false);
			queue.add(() -> LoggerFactory.getLogger("acme.detail").debug("fine")).join();
			assertThat(awaitOne(log).getFormattedMessage()).isEqualTo("fine");
		}
		finally {
			logger.setLevel(null);
		}
	}

	/** Of loggers the worker knows already, and of java.util.logging too. */
	@Test
	void levelsFollowThoseOfTheApplication() {
		Logger acme = (Logger) LoggerFactory.getLogger("acme");
		try (CapturedLog log = CapturedLog.of("acme"); TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			Task task = () -> {
				LoggerFactory.getLogger("acme.Orders").debug("slf4j");
				java.util.logging.Logger.getLogger("acme.Orders").fine("jul");
			};
			queue.add(task).join();
			acme.setLevel(Level.DEBUG);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
				queue.add(task).join();
				return log.messages().containsAll(List.of("slf4j", "jul"));
			});
			acme.setLevel(null);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> queue.submit(() -> {
				boolean slf4j = LoggerFactory.getLogger("acme.Orders").isDebugEnabled();
				return slf4j
						|| java.util.logging.Logger.getLogger("acme.Orders").isLoggable(java.util.logging.Level.FINE);
			}).join(), (enabled) -> !enabled);
		}
		finally {
			acme.setLevel(null);
		}
	}

	@Test
	void livesOfWorkersAndFailuresOfTasksAreLogged() {
		try (CapturedLog workers = CapturedLog.of("dev.taskqueue.worker");
				CapturedLog tasks = CapturedLog.of("dev.taskqueue.task")) {
			try (TaskQueue queue = TaskQueue.builder().name("seen").workerCount(1).requestsPerWorker(1).start()) {
				queue.add(Tasks.throwing("on purpose")).result().handle((value, failure) -> failure).join();
				Awaitility.await()
					.until(() -> workers.messages().stream().anyMatch((m) -> m.contains("leaves after 1")));
			}
			assertThat(workers.messages())
				.anyMatch((message) -> message.matches("Queue 'seen': worker \\d+ is ready .*"))
				.anyMatch((message) -> message.contains("requests-per-worker"));
			ILoggingEvent failed = tasks.events().get(0);
			assertThat(failed.getLevel()).isEqualTo(Level.ERROR);
			assertThat(failed.getFormattedMessage()).contains("on purpose", "\tat dev.taskqueue.fixture.Tasks");
		}
	}

	/** The worker's line names the task, the task's line says the rest. */
	@Test
	void crashOfATaskIsToldOnce() {
		try (CapturedLog workers = CapturedLog.of("dev.taskqueue.worker");
				CapturedLog tasks = CapturedLog.of("dev.taskqueue.task");
				TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<?> handle = queue.add(() -> {
				System.err.println("last words");
				Runtime.getRuntime().halt(3);
			});
			assertThat(handle.result()).failsWithin(Duration.ofSeconds(30));
			Awaitility.await().until(() -> tasks.messages().size() == 1);
			assertThat(tasks.messages().get(0)).contains("EXITED", "exit code 3", "stderr: last words");
			assertThat(workers.messages()).filteredOn((line) -> line.contains("ended unexpectedly"))
				.singleElement()
				.asString()
				.contains("task " + handle.id(), "EXITED")
				.doesNotContain("last words");
			assertThat(queue.snapshot().crashes()).singleElement().satisfies((crash) -> {
				assertThat(crash.taskId()).isEqualTo(handle.id());
				assertThat(crash.report().stderrTail()).contains("last words");
			});
		}
	}

	/** Its credit is used up soon; everybody else's is not. */
	@Test
	void slowAppenderSlowsTheTalkativeWorkerAndNoOther() {
		int events = 2000;
		String filler = "z".repeat(2000);
		try (NumberedLog slow = NumberedLog.of("acme.Talk", "event ", " " + filler).slowedBy(2);
				TaskQueue queue = TaskQueue.builder().workerCount(2).start()) {
			Processes.awaitIdle(queue, 2);
			TaskHandle<Long> talkative = queue.submit(() -> {
				long begin = System.nanoTime();
				for (int i = 0; i < events; i++) {
					LoggerFactory.getLogger("acme.Talk").info("event {} {}", i, filler);
				}
				return System.nanoTime() - begin;
			});
			int others = 0;
			while (!talkative.state().isFinal()) {
				assertThat(queue.submit(Tasks.pid()).join(Duration.ofSeconds(2))).isPositive();
				others++;
			}
			// It was held up for what does not fit into its credit
			assertThat(talkative.join()).isGreaterThan(Duration.ofSeconds(1).toNanos());
			assertThat(others).isGreaterThan(50);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> slow.count() == events);
			assertThat(slow.outOfOrder()).isZero();
		}
	}

	/**
	 * 50 MB on standard output, among it log events: nothing blocks, is lost or mixed.
	 */
	@Test
	void floodOfOutputWhileLoggingNeitherBlocksNorGarbles() {
		String filler = "x".repeat(90);
		Task flood = () -> {
			for (int i = 0; i < FLOOD_LINES; i++) {
				System.out.println("line " + i + " " + filler);
				if (i % 1000 == 0) {
					LoggerFactory.getLogger("acme.Flood").info("event {}", i / 1000);
				}
			}
		};
		try (NumberedLog lines = NumberedLog.of("dev.taskqueue.stdout", "line ", " " + filler);
				NumberedLog events = NumberedLog.of("acme.Flood", "event ", "");
				TaskQueue queue = TaskQueue.builder().workerCount(2).start()) {
			TaskHandle<?> handle = queue.add(flood);
			assertThat(queue.submit(Tasks.pid()).join(Duration.ofMinutes(1))).isPositive();
			handle.join(Duration.ofMinutes(2));
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> lines.count() == FLOOD_LINES);
			Awaitility.await().until(() -> events.count() == FLOOD_LINES / 1000);
			assertThat(lines.outOfOrder()).isZero();
			assertThat(events.outOfOrder()).isZero();
			assertThat((long) FLOOD_LINES * (filler.length() + 10)).isGreaterThanOrEqualTo(50_000_000);
		}
	}

	@Test
	void rawOutputWithoutNewlinesBecomesLinesOfBoundedLengthAndWholeCharacters() {
		int length = 5_000_000;
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.stdout");
				TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(() -> {
				try (OutputStream raw = new FileOutputStream(FileDescriptor.out)) {
					raw.write("\u00e4\u20ac".repeat(length / 2).getBytes(StandardCharsets.UTF_8));
					raw.write('\n');
				}
			}).join(Duration.ofMinutes(1));
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> log.messages().stream().mapToLong(String::length).sum() >= length);
			assertThat(String.join("", log.messages())).isEqualTo("\u00e4\u20ac".repeat(length / 2));
			assertThat(log.messages()).allSatisfy(
					(line) -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(64 << 10));
		}
	}

	@Test
	void eventsUnderEverNewNamesFillNoMemoryAndAreNotLost() {
		int names = 12_000;
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.others");
				TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			queue.add(() -> {
				for (int i = 0; i < names; i++) {
					LoggerFactory.getLogger("madeup" + i).warn("event {}", i);
				}
			}).join(Duration.ofMinutes(1));
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> log.messages().contains("[madeup" + (names - 1) + "] event " + (names - 1)));
			assertThat(log.messages()).hasSize(names - 10_000);
		}
	}

	private static PrintStream brokenStream() {
		return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {

			@Override
			public void flush() {
				throw new IllegalStateException("broken");
			}

		};
	}

	private static ILoggingEvent awaitOne(CapturedLog log) {
		Awaitility.await().until(() -> !log.events().isEmpty());
		assertThat(log.events()).hasSize(1);
		return Objects.requireNonNull(log.events().get(0));
	}

	/**
	 * Tells what is in the context, and leaves something there.
	 *
	 * @param key where
	 */
	record Leaving(String key) implements CallableTask<String> {

		@Override
		public String call() {
			String before = Objects.requireNonNullElse(MDC.get(this.key), "nothing");
			MDC.put(this.key, "left");
			return before;
		}

	}

}
