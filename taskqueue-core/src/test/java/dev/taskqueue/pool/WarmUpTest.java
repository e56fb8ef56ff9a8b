package dev.taskqueue.pool;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.taskqueue.Task;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class WarmUpTest {

	private record First() implements Serializable {
	}

	private record Second() implements Serializable {
	}

	private final WarmUp warmUp = new WarmUp(settings(WorkerOptions.defaults()));

	private final byte[] plain = payload(WarmUp.plain(), true);

	private final byte[] stream = payload(List.of("object"), true);

	@Test
	void everythingIsWarmedUpAsLongAsNoTaskIsKnown() throws Exception {
		assertStream(true);
		this.warmUp.logged();
		assertStream(true);
	}

	@Test
	void tasksThatNeedNoStreamWaitForNone() throws Exception {
		this.warmUp.sent(this.plain, PoolTaskQueue.class);
		assertPlain(false);
		this.warmUp.sent(this.stream, List.class);
		assertStream(false);
		this.warmUp.sent(this.plain, PoolTaskQueue.class);
		assertStream(false);
	}

	@Test
	void tasksThatLogFindSlf4jStarted() throws Exception {
		this.warmUp.sent(this.plain, PoolTaskQueue.class);
		this.warmUp.logged();
		assertPlain(true);
		this.warmUp.sent(this.stream, List.class);
		assertStream(true);
	}

	/** The first stream a JVM writes takes it as long as the first one it reads. */
	@Test
	void resultsFindStreamsInUseIfTheyNeedThem() throws Exception {
		this.warmUp.sent(this.plain, PoolTaskQueue.class);
		this.warmUp.returned(new byte[0]);
		this.warmUp.returned(Payloads.writeResult("text", 4096, this.plain, WarmUpTest.class.getClassLoader()));
		this.warmUp.returned(Payloads.writeResult(new Second(), 4096, this.plain, WarmUpTest.class.getClassLoader()));
		assertPlain(false);
		this.warmUp
			.returned(Payloads.writeResult(List.of("text"), 4096, this.plain, WarmUpTest.class.getClassLoader()));
		assertThat(read()).isEqualTo("Plain[logs=false, writes=true, records=]");
		assertThatNoException().isThrownBy(((Task) readTask())::run);
	}

	@Test
	void tasksFindTheirClassPrepared() throws Exception {
		this.warmUp.sent(this.plain, Second.class);
		this.warmUp.sent(this.plain, First.class);
		this.warmUp.sent(this.plain, Second.class);
		String names = First.class.getName() + ";" + Second.class.getName();
		assertThat(read()).isEqualTo("Plain[logs=false, writes=false, records=" + names + "]");
		this.warmUp.sent(this.stream, List.class);
		assertThat(read()).isEqualTo("Stream[plain=Plain[logs=false, writes=false, records=" + names + "]]");
	}

	/**
	 * A worker that adds a task does not say in a class that is known here what it is.
	 */
	@Test
	void whatIsNotKnownIsNotPrepared() throws Exception {
		this.warmUp.sent(this.plain, PoolTaskQueue.class);
		this.warmUp.sent(this.stream, First.class);
		assertStream(false);
	}

	@Test
	void classesAreOnlyPreparedForSomeKindsOfTasks() throws Exception {
		List<Class<?>> records = Stream.of(Frame.class.getDeclaredClasses()).filter(Class::isRecord).toList();
		assertThat(records).hasSizeGreaterThan(WarmUp.MOST_RECORDS);
		records.forEach((type) -> this.warmUp.sent(this.plain, type));
		assertThat(read().split(";", -1)).hasSize(WarmUp.MOST_RECORDS);
	}

	/** As its tasks: nothing that only a JVM with our classes could read. */
	@Test
	void aPoolWithClassesOfItsOwnHasStreams() throws Exception {
		WarmUp other = new WarmUp(settings(WorkerOptions.defaults().withClassPath("other.jar")));
		assertThat(other.payload()).startsWith(0xac, 0xed);
		other.sent(payload(WarmUp.plain(), false), First.class);
		assertThat(other.payload()).startsWith(0xac, 0xed);
	}

	private void assertPlain(boolean logs) throws Exception {
		assertThat(Payloads.needsStream(this.warmUp.payload())).isFalse();
		assertThat(read()).isEqualTo("Plain[logs=" + logs + ", writes=false, records=]");
	}

	private void assertStream(boolean logs) throws Exception {
		assertThat(Payloads.needsStream(this.warmUp.payload())).isTrue();
		assertThat(read()).isEqualTo("Stream[plain=Plain[logs=" + logs + ", writes=false, records=]]");
	}

	private String read() throws IOException, ClassNotFoundException {
		return String.valueOf(readTask());
	}

	private Object readTask() throws IOException, ClassNotFoundException {
		return Objects.requireNonNull(Payloads.read(this.warmUp.payload(), WarmUpTest.class.getClassLoader(), null));
	}

	private static byte[] payload(Object task, boolean compact) {
		try {
			return Payloads.write(task, 4096, compact);
		}
		catch (PayloadException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static PoolSettings settings(WorkerOptions options) {
		return new PoolSettings("test", new PoolSettings.Limits(1, 0, 0, 1024), Duration.ZERO, TaskOptions.defaults(),
				options, null, List.of());
	}

}
