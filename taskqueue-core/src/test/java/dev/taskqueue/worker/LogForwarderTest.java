package dev.taskqueue.worker;

import java.util.Map;

import dev.taskqueue.wire.Frame;
import org.junit.jupiter.api.Test;
import org.slf4j.event.EventConstants;

import static org.assertj.core.api.Assertions.assertThat;

class LogForwarderTest {

	@Test
	void aLoggersLevelIsItsOwnOrThatOfTheNearestAbove() throws Exception {
		try (InstalledForwarder forwarder = new InstalledForwarder(
				Map.of("", "WARN", "com.acme", "DEBUG", "com.acme.noisy", "OFF", "com.acme.Job", "TRACE"))) {
			assertThat(forwarder.outbox()).isNotNull();
			assertLevel("com.acme", EventConstants.DEBUG_INT);
			assertLevel("com.acme.Job", EventConstants.TRACE_INT);
			assertLevel("com.acme.Job$Inner", EventConstants.DEBUG_INT);
			assertLevel("com.acme.other.Thing", EventConstants.DEBUG_INT);
			assertLevel("com.acme.noisy.Thing", Integer.MAX_VALUE);
			assertLevel("com.acmes", EventConstants.WARN_INT);
			assertLevel("com", EventConstants.WARN_INT);
			assertLevel("", EventConstants.WARN_INT);
			assertLevel(".odd.", EventConstants.WARN_INT);
		}
	}

	@Test
	void withoutARootLevelItIsInfo() throws Exception {
		try (InstalledForwarder forwarder = new InstalledForwarder(Map.of("a", "ERROR"))) {
			assertThat(forwarder.outbox()).isNotNull();
			assertLevel("b", EventConstants.INFO_INT);
			assertLevel("a.b", EventConstants.ERROR_INT);
		}
	}

	@Test
	void anEventCarriesItsTaskThreadAndContext() throws Exception {
		try (InstalledForwarder forwarder = new InstalledForwarder()) {
			CurrentTask.begin(42);
			org.slf4j.MDC.put("user", "u1");
			LogForwarder.forward("com.acme.Job", EventConstants.WARN_INT, "text", new IllegalStateException("oops"));
			assertThat(forwarder.outbox().take()).singleElement().isInstanceOfSatisfying(Frame.Log.class, (event) -> {
				assertThat(event.task()).isEqualTo(42);
				assertThat(event.level()).isEqualTo(EventConstants.WARN_INT);
				assertThat(event.logger()).isEqualTo("com.acme.Job");
				assertThat(event.thread()).isEqualTo(Thread.currentThread().getName());
				assertThat(event.message()).isEqualTo("text");
				assertThat(event.trace()).startsWith("java.lang.IllegalStateException: oops");
				assertThat(event.mdc()).containsExactlyEntriesOf(Map.of("user", "u1"));
			});
		}
		finally {
			CurrentTask.end();
			org.slf4j.MDC.clear();
		}
	}

	private static void assertLevel(String logger, int level) {
		assertThat(LogForwarder.levelOfLogger(logger)).as(logger).isEqualTo(level);
	}

}
