package dev.taskqueue.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTest {

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
		this.warmUp.sent(this.plain);
		assertPlain(false);
		this.warmUp.sent(this.stream);
		assertStream(false);
		this.warmUp.sent(this.plain);
		assertStream(false);
	}

	@Test
	void tasksThatLogFindSlf4jStarted() throws Exception {
		this.warmUp.sent(this.plain);
		this.warmUp.logged();
		assertPlain(true);
		this.warmUp.sent(this.stream);
		assertStream(true);
	}

	/** As its tasks: nothing that only a JVM with our classes could read. */
	@Test
	void aPoolWithClassesOfItsOwnHasStreams() throws Exception {
		WarmUp other = new WarmUp(settings(WorkerOptions.defaults().withClassPath("other.jar")));
		assertThat(other.payload()).startsWith(0xac, 0xed);
		other.sent(payload(WarmUp.plain(), false));
		assertThat(other.payload()).startsWith(0xac, 0xed);
	}

	private void assertPlain(boolean logs) throws Exception {
		assertThat(Payloads.isPlain(this.warmUp.payload())).isTrue();
		assertThat(read()).isEqualTo("Plain[logs=" + logs + "]");
	}

	private void assertStream(boolean logs) throws Exception {
		assertThat(Payloads.isPlain(this.warmUp.payload())).isFalse();
		assertThat(read()).isEqualTo("Stream[plain=Plain[logs=" + logs + "]]");
	}

	private String read() throws IOException, ClassNotFoundException {
		return String.valueOf(Payloads.read(this.warmUp.payload(), WarmUpTest.class.getClassLoader(), null));
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
