package dev.taskqueue.pool;

import java.util.Map;

import dev.taskqueue.fixture.CapturedLog;
import dev.taskqueue.wire.Frame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loggers that tasks make up.
 */
class LoggerNamesTest {

	private final LoggerNames names = new LoggerNames("mail");

	@Test
	void anEventOfAKnownLoggerStaysAsItIs() {
		Frame.Log event = event("com.acme.Orders");
		assertThat(this.names.bounded(event)).isSameAs(event);
	}

	@Test
	void loggersOverTheBoundShareOneAndSayTheirNames() {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker")) {
			int most = LoggerNames.MOST_LOGGERS / 3;
			for (int i = 0; i < most; i++) {
				Frame.Log event = event("com.acme.L" + i);
				assertThat(this.names.bounded(event)).isSameAs(event);
			}
			assertThat(log.messages()).isEmpty();
			Frame.Log other = this.names.bounded(event("com.acme.Other"));
			assertThat(other.logger()).isEqualTo(LoggerNames.OTHERS);
			assertThat(other.message()).isEqualTo("[com.acme.Other] text");
			assertThat(other.level()).isEqualTo(30);
			Frame.Log known = event("com.acme.L7");
			assertThat(this.names.bounded(known)).isSameAs(known);
			this.names.bounded(event("com.acme.Third"));
			assertThat(log.messages()).singleElement().asString().contains("'mail'", LoggerNames.OTHERS);
		}
	}

	@Test
	void anEndlessOrUnreadableNameIsNoLogger() {
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker")) {
			Frame.Log long1 = this.names.bounded(event("x\n".repeat(1000)));
			assertThat(long1.logger()).isEqualTo(LoggerNames.OTHERS);
			assertThat(long1.message()).startsWith("[x\\u000ax").endsWith("…] text").hasSizeLessThan(1000);
			assertThat(log.messages()).hasSize(1);
		}
	}

	private static Frame.Log event(String logger) {
		return new Frame.Log(1, 30, 0, logger, "task", "text", null, Map.of());
	}

}
