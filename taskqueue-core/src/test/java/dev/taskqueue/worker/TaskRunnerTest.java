package dev.taskqueue.worker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.taskqueue.CallableTask;
import dev.taskqueue.Task;
import dev.taskqueue.TaskContextHolder;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.Payloads;
import dev.taskqueue.wire.TaskPage.Claim;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks run in this process; whatever they do, each has exactly one outcome.
 */
@Timeout(20)
class TaskRunnerTest {

	private static final int LIMIT = 10_000;

	@TempDir
	Path directory;

	/** The thread that has run what it warms up with. */
	private static volatile @Nullable Thread warmUp;

	private ParentsEnd parent;

	@BeforeEach
	void start() throws IOException {
		this.parent = new ParentsEnd(this.directory, LIMIT);
	}

	@AfterEach
	void close() throws IOException {
		this.parent.close();
	}

	@Test
	void itIsReadyOnceItHasRunATaskThatNobodyHasAdded() throws Exception {
		this.parent.close();
		Task task = () -> {
			assertThat(TaskContextHolder.get()).isNotNull();
			warmUp = Thread.currentThread();
		};
		Outbox outbox = new Outbox();
		this.parent = new ParentsEnd(Files.createDirectory(this.directory.resolve("other")), LIMIT,
				Payloads.write(task, LIMIT), outbox);
		assertThat(outbox.take()).containsExactly(new Frame.Ready());
		assertThat(warmUp).extracting(Thread::getName).isEqualTo("task");
		Task next = () -> assertThat(Thread.currentThread()).isSameAs(warmUp);
		assertThat(outcome(1, next, false)).isInstanceOf(Frame.Result.class);
	}

	/** Whoever it serves will be told. */
	@Test
	void itIsReadyEvenIfThatTaskFails() throws Exception {
		this.parent.close();
		Outbox outbox = new Outbox();
		this.parent = new ParentsEnd(Files.createDirectory(this.directory.resolve("other")), LIMIT, new byte[] { 'R' },
				outbox);
		assertThat(outbox.take()).containsExactly(new Frame.Ready());
		CallableTask<String> task = () -> "done";
		assertThat(outcome(1, task, true)).isInstanceOf(Frame.Result.class);
	}

	@Test
	void aResultComesBack() throws Exception {
		CallableTask<String> task = () -> "done";
		assertThat(outcome(1, task, true)).isInstanceOfSatisfying(Frame.Result.class, (result) -> {
			assertThat(result.task()).isEqualTo(1);
			assertThat(result.payload()).isNotEmpty();
		});
		assertThat(this.parent.page.claim(1, 1)).isEqualTo(Claim.DONE);
	}

	@Test
	void aTaskWithoutAResultHasNoBytes() throws Exception {
		Task task = () -> {
		};
		assertThat(outcome(1, task, false)).isInstanceOfSatisfying(Frame.Result.class,
				(result) -> assertThat(result.payload()).isEmpty());
	}

	@Test
	void whatATaskThrowsIsItsFailure() throws Exception {
		Task checked = () -> {
			throw new IOException("disk");
		};
		assertFailure(outcome(1, checked, false), "java.io.IOException", false);
		Task assertion = () -> {
			throw new AssertionError("oops");
		};
		assertFailure(outcome(2, assertion, false), "java.lang.AssertionError", false);
		Task overflow = TaskRunnerTest::recurse;
		assertFailure(outcome(3, overflow, false), "java.lang.StackOverflowError", true);
	}

	@Test
	void afterAFatalErrorNothingElseIsBegun() throws Exception {
		Task linkage = () -> {
			throw new NoClassDefFoundError("gone");
		};
		CallableTask<String> next = () -> "next";
		this.parent.page.sent(2, 2);
		assertFailure(outcome(1, linkage, false), "java.lang.NoClassDefFoundError", true);
		this.parent.send(new Frame.Run(2, 2, true, 1, 0, Map.of(), Payloads.write(next, LIMIT)));
		this.parent.awaitAsleep();
		assertThat(this.parent.page.recall(2, 2)).isTrue();
	}

	@Test
	void tasksSentTogetherRunInOrderEachAfterTheOutcomeBefore() throws Exception {
		for (int slot = 1; slot <= 5; slot++) {
			CallableTask<String> task = () -> "done";
			this.parent.page.sent(slot, slot);
			this.parent.send(new Frame.Run(slot, slot, true, 1, 0, Map.of(), Payloads.write(task, LIMIT)));
		}
		for (int slot = 1; slot <= 5; slot++) {
			assertThat(((Frame.Result) this.parent.receive()).task()).isEqualTo(slot);
		}
	}

	@Test
	void anInterruptWhileItWaitsIsNotMeantForTheNextTask() throws Exception {
		this.parent.awaitAsleep();
		this.parent.interruptTaskThread();
		CallableTask<Boolean> asks = () -> Thread.currentThread().isInterrupted();
		Frame.Result answer = (Frame.Result) outcome(1, asks, true);
		assertThat(Payloads.read(answer.payload(), null, null)).isEqualTo(false);
	}

	@Test
	void outcomesLargerThanTheRingArriveInPieces() throws Exception {
		this.parent.close();
		Path other = java.nio.file.Files.createDirectory(this.directory.resolve("other"));
		this.parent = new ParentsEnd(other, 8 << 20);
		CallableTask<byte[]> large = () -> new byte[5 << 20];
		byte[] payload = Payloads.write(large, LIMIT);
		assertThat(outcome(1, payload, true)).isInstanceOfSatisfying(Frame.Result.class,
				(result) -> assertThat(result.payload()).hasSizeGreaterThan(5 << 20));
	}

	@Test
	void aResultTooLargeOrNotSerializableIsAFailureAndTheNextTaskRuns() throws Exception {
		CallableTask<byte[]> large = () -> new byte[LIMIT];
		assertFailure(outcome(1, large, true), "dev.taskqueue.PayloadTooLargeException", false);
		CallableTask<Object> socket = Object::new;
		assertFailure(outcome(2, socket, true), "dev.taskqueue.TaskNotSerializableException", false);
		CallableTask<String> next = () -> "next";
		assertThat(outcome(3, next, true)).isInstanceOf(Frame.Result.class);
	}

	@Test
	void bytesThatAreNoTaskAreAFailure() throws Exception {
		assertFailure(outcome(1, new byte[] { 1, 2, 3 }, true), "dev.taskqueue.TaskNotSerializableException", false);
		assertFailure(outcome(2, Payloads.write("text", LIMIT), true), "dev.taskqueue.TaskNotSerializableException",
				false);
	}

	@Test
	void aTaskTakenBackDoesNotRun() throws Exception {
		CallableTask<String> task = () -> "never";
		this.parent.page.sent(1, 1);
		this.parent.page.recall(1, 1);
		this.parent.send(new Frame.Run(1, 1, true, 1, 0, Map.of(), Payloads.write(task, LIMIT)));
		CallableTask<String> next = () -> "next";
		assertThat(outcome(2, next, true)).isInstanceOfSatisfying(Frame.Result.class,
				(result) -> assertThat(result.task()).isEqualTo(2));
	}

	@Test
	void anInterruptLeftBehindDoesNotReachTheNextTask() throws Exception {
		Task interrupts = () -> Thread.currentThread().interrupt();
		assertThat(outcome(1, interrupts, false)).isInstanceOf(Frame.Result.class);
		CallableTask<Boolean> asks = () -> Thread.currentThread().isInterrupted();
		Frame.Result answer = (Frame.Result) outcome(2, asks, true);
		assertThat(Payloads.read(answer.payload(), null, null)).isEqualTo(false);
	}

	@Test
	void aContextClassLoaderLeftBehindDoesNotReachTheNextTask() throws Exception {
		Task changes = () -> Thread.currentThread().setContextClassLoader(null);
		assertThat(outcome(1, changes, false)).isInstanceOf(Frame.Result.class);
		CallableTask<Boolean> asks = () -> Thread.currentThread().getContextClassLoader() != null;
		Frame.Result answer = (Frame.Result) outcome(2, asks, true);
		assertThat(Payloads.read(answer.payload(), null, null)).isEqualTo(true);
	}

	@Test
	@Timeout(5)
	void aTaskThatTakesSystemOutAwayStillHasItsOutcome() throws Exception {
		PrintStream before = System.out;
		try {
			Task breaks = () -> System.setOut(null);
			assertThat(outcome(1, breaks, false)).isInstanceOf(Frame.Result.class);
		}
		finally {
			System.setOut(before);
		}
	}

	private Frame outcome(int slot, Object task, boolean callable) throws Exception {
		return outcome(slot, Payloads.write(task, LIMIT), callable);
	}

	private Frame outcome(int slot, byte[] payload, boolean callable) throws Exception {
		this.parent.page.sent(slot, slot);
		this.parent.send(new Frame.Run(slot, slot, callable, 1, 0, Map.of(), payload));
		return this.parent.receive();
	}

	private static void assertFailure(Frame outcome, String className, boolean fatal) {
		assertThat(outcome).isInstanceOfSatisfying(Frame.Failure.class, (failure) -> {
			assertThat(failure.className()).isEqualTo(className);
			assertThat(failure.fatal()).isEqualTo(fatal);
			assertThat(failure.trace()).startsWith(className);
		});
	}

	@SuppressWarnings("InfiniteRecursion") // on purpose
	private static void recurse() {
		recurse();
	}

}
