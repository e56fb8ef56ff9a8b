package dev.taskqueue.process;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.taskqueue.CallableTask;
import dev.taskqueue.CrashReason;
import dev.taskqueue.ResultUnreadableException;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.fixture.Gadget;
import dev.taskqueue.fixture.HostileWorker;
import dev.taskqueue.fixture.Hostility;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Processes;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * One of two workers misbehaves on its channel or in its page: it loses its task and its
 * life; the application and the other worker's task notice nothing.
 */
@ExtendWith(NoLeftovers.class)
class HostileWorkerProcessTest {

	private static final Duration LONG = Duration.ofMinutes(1);

	/** Its result may be of this package, which the gadget is not. */
	private record Wanted() implements CallableTask<List<?>> {

		@Override
		public List<?> call() {
			return List.of("harmless");
		}

	}

	/** Heavy enough to fill any channel that nobody reads. */
	private record Heavy(byte[] load) implements CallableTask<Long> {

		@Override
		public Long call() {
			return ProcessHandle.current().pid();
		}

	}

	/** An appender that waits. */
	private static final class Stuck extends AppenderBase<ILoggingEvent> {

		private final CountDownLatch free = new CountDownLatch(1);

		@Override
		protected void append(ILoggingEvent event) {
			try {
				this.free.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource(names = { "WRONG_SECRET", "WRONG_VERSION", "NOISE_AT_FIRST", "READY_AT_FIRST", "ENDLESS_HELLO" })
	void whoeverDoesNotComeUpAsAWorkerIsTurnedAway(Hostility how) throws Exception {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker"); TaskQueue queue = started(how, 2)) {
			TaskHandle<Long> other = queue.submit(new Blocked(this.directory));
			Awaitility.await()
				.atMost(LONG)
				.untilAsserted(() -> assertThat(log.messages()).anyMatch((line) -> line.contains("is turned away")));
			Blocked.awaitStarted(this.directory, 1);
			Blocked.release(this.directory);
			assertThat(other.join(LONG)).isPositive();
			Processes.awaitIdle(queue, 2);
			assertThat(queue.snapshot().crashed()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OVERSIZED_FRAME", "NEGATIVE_LENGTH", "NO_LENGTH", "UNKNOWN_TYPE", "NOISE", "SHORT_FIELDS",
			"PARENTS_FRAME", "CANNOT_START_WHEN_READY", "ADD_WITHOUT_CONTEXT", "OUTCOME_OF_ANOTHER", "TRUNCATED_FRAME",
			"OUTCOME_THROUGH_THE_CHANNEL", "OVERSIZED_FRAME_IN_THE_RING", "NOISE_IN_THE_RING",
			"PARENTS_FRAME_IN_THE_RING", "READY_IN_THE_RING", "SCRIBBLED_RINGS" })
	void corruptChannelIsACrashOfTheTask(Hostility how) throws Exception {
		try (TaskQueue queue = started(how, 2)) {
			WorkerCrashedException crash = crashOfOne(queue);
			assertThat(crash.reason()).isEqualTo(CrashReason.CHANNEL_CORRUPT);
			assertThat(crash.report().pid()).isPositive();
			Processes.awaitIdle(queue, 2);
		}
	}

	/** Whatever the application's appenders do, it keeps little of what is logged. */
	@Test
	void floodOfLogEventsBeyondTheCreditIsACorruptChannel() throws Exception {
		Logger logger = (Logger) LoggerFactory.getLogger("hostile.flood");
		Stuck stuck = new Stuck();
		stuck.setContext(logger.getLoggerContext());
		stuck.start();
		logger.addAppender(stuck);
		logger.setAdditive(false);
		try (TaskQueue queue = started(Hostility.LOG_FLOOD, 2)) {
			assertThat(crashOfOne(queue).reason()).isEqualTo(CrashReason.CHANNEL_CORRUPT);
			stuck.free.countDown();
		}
		finally {
			stuck.free.countDown();
			logger.detachAppender(stuck);
			logger.setAdditive(true);
		}
	}

	@Test
	void secondOutcomeOfATaskHarmsNoOther() {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker");
				TaskQueue queue = started(Hostility.OUTCOME_TWICE, 1)) {
			TaskHandle<Long> forged = queue.submit(Tasks.pid());
			TaskHandle<Long> next = queue.submit(Tasks.pid());
			TaskHandle<Long> last = queue.submit(Tasks.pid());
			assertThat(forged.join(LONG)).isNull();
			assertThat(next.join(LONG)).isPositive().isEqualTo(last.join(LONG));
			assertThat(forged.state()).isEqualTo(TaskState.SUCCEEDED);
			assertThat(log.messages()).anyMatch((line) -> line.contains("its channel is corrupt"));
		}
	}

	@Test
	void noiseOfAnIdleWorkerHarmsNoTask() {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker");
				TaskQueue queue = started(Hostility.NOISE_WHILE_IDLE, 2)) {
			Awaitility.await()
				.atMost(LONG)
				.untilAsserted(
						() -> assertThat(log.messages()).anyMatch((line) -> line.contains("its channel is corrupt")));
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
			Processes.awaitIdle(queue, 2);
			assertThat(queue.snapshot().crashed()).isZero();
			assertThat(queue.snapshot().crashes()).singleElement()
				.satisfies((crash) -> assertThat(crash.report().reason()).isEqualTo(CrashReason.CHANNEL_CORRUPT));
		}
	}

	@Test
	void gadgetAsAResultIsNotDeserialized() throws Exception {
		Path trap = this.directory.resolve("trap");
		try (TaskQueue queue = started(Hostility.GADGET, 1)) {
			TaskHandle<List<?>> handle = queue.submit(new Wanted());
			assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(() -> handle.join(LONG))
				.withMessageContaining(Gadget.class.getName());
			assertThat(handle.result()).failsWithin(LONG);
		}
		assertThat(trap).doesNotExist();
		try (ObjectInputStream in = new ObjectInputStream(
				new ByteArrayInputStream(Gadget.serialized(trap.toString())))) {
			assertThat(in.readObject()).isNotNull();
		}
		assertThat(trap).as("what the gadget does where it is read").exists();
	}

	/** Also where the gadget's package would be accepted. */
	@Test
	void resultNobodyAskedForIsACorruptChannel() {
		try (TaskQueue queue = started(Hostility.GADGET, 1)) {
			Task task = Tasks.nothing();
			TaskHandle<?> handle = queue.add(task, TaskOptions.defaults().resultType(Gadget.class));
			WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class, () -> handle.join(LONG));
			assertThat(crash.reason()).isEqualTo(CrashReason.CHANNEL_CORRUPT);
		}
		assertThat(this.directory.resolve("trap")).doesNotExist();
	}

	@Test
	void workerThatNeverReadsHoldsUpNobody() {
		try (TaskQueue queue = started(Hostility.DEAF, 2)) {
			TaskOptions options = TaskOptions.defaults().timeout(Duration.ofSeconds(5));
			Processes.awaitIdle(queue, 2);
			List<TaskHandle<Long>> heavy = List.of(queue.submit(new Heavy(new byte[20 << 20]), options),
					queue.submit(new Heavy(new byte[20 << 20]), options));
			Awaitility.await()
				.atMost(LONG)
				.until(() -> heavy.stream().map(TaskHandle::state).anyMatch(TaskState.SUCCEEDED::equals));
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
			assertThat(queue.snapshot().running()).isEqualTo(1);
			// It had not begun the task, which runs elsewhere when the worker is killed
			heavy.forEach((handle) -> assertThat(handle.join(LONG)).isPositive());
			Processes.awaitIdle(queue, 2);
		}
	}

	@Test
	void pageFullOfNoiseIsACrashOfTheTask() throws Exception {
		try (TaskQueue queue = started(Hostility.SCRIBBLED_PAGE, 2)) {
			assertThat(crashOfOne(queue).reason()).isEqualTo(CrashReason.EXITED);
			Processes.awaitIdle(queue, 2);
		}
	}

	@Test
	void connectionsOfStrangersDoNotKeepWorkersOut() throws Exception {
		List<SocketChannel> strangers = new ArrayList<>();
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker");
				TaskQueue queue = TaskQueue.builder().workerCount(1).requestsPerWorker(1).start()) {
			assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
			for (int i = 0; i < 600; i++) {
				strangers.add(SocketChannel.open(UnixDomainSocketAddress.of(socket())));
				if (i % 2 == 0) {
					strangers.get(i).write(ByteBuffer.wrap(new byte[3]));
				}
			}
			for (int i = 0; i < 4; i++) {
				assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
			}
			assertThat(log.messages()).filteredOn((line) -> line.contains("do not say who they are"))
				.hasSizeGreaterThanOrEqualTo(600 - 256);
		}
		finally {
			for (SocketChannel stranger : strangers) {
				stranger.close();
			}
		}
	}

	/** Two tasks, one of which the hostile worker gets; the other one goes on. */
	private WorkerCrashedException crashOfOne(TaskQueue queue) throws Exception {
		List<TaskHandle<Long>> both = new ArrayList<>(
				List.of(queue.submit(new Blocked(this.directory)), queue.submit(new Blocked(this.directory))));
		Awaitility.await().atMost(LONG).until(() -> both.stream().anyMatch((handle) -> handle.state().isFinal()));
		TaskHandle<Long> victim = both.get(both.get(0).state().isFinal() ? 0 : 1);
		both.remove(victim);
		WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class, () -> victim.join(LONG));
		Blocked.release(this.directory);
		assertThat(both.get(0).join(LONG)).isPositive().isNotEqualTo(crash.report().pid());
		assertThat(queue.submit(Tasks.pid()).join(LONG)).isPositive();
		return crash;
	}

	private TaskQueue started(Hostility how, int workers) {
		return TaskQueue.builder()
			.workerCount(workers)
			.worker(HostileWorker.first(this.directory.resolve("first"), how)
				.withStartupTimeout(Duration.ofSeconds(5)) // for those that never come up
				.withSystemProperties(Map.of("trap", this.directory.resolve("trap").toString())))
			.start();
	}

	private static Path socket() throws Exception {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files
				.filter((file) -> file.getFileName()
					.toString()
					.startsWith("taskqueue-" + ProcessHandle.current().pid() + "-"))
				.map((file) -> file.resolve("s"))
				.findFirst()
				.orElseThrow();
		}
	}

}
