package dev.taskqueue.pool;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.taskqueue.wire.Frame;
import org.slf4j.ILoggerFactory;

/**
 * Logback. Only loaded where it is the logging library in use.
 */
final class LogbackSink implements LogSink {

	private final LoggerContext context;

	LogbackSink(ILoggerFactory factory) {
		this.context = (LoggerContext) factory;
	}

	@Override
	public void log(Frame.Log event, Map<String, String> mdc) {
		String name = event.logger().isEmpty() ? org.slf4j.Logger.ROOT_LOGGER_NAME : event.logger();
		Logger logger = this.context.getLogger(name);
		Level level = Level.convertAnSLF4JLevel(org.slf4j.event.Level.intToLevel(event.level()));
		if (!logger.isEnabledFor(level)) {
			return;
		}
		LoggingEvent copy = new LoggingEvent();
		copy.setLoggerContext(this.context);
		copy.setLoggerContextRemoteView(this.context.getLoggerContextRemoteView());
		copy.setLoggerName(name);
		copy.setLevel(level);
		copy.setThreadName(event.thread());
		copy.setInstant(Instant.ofEpochMilli(event.millis()));
		copy.setMDCPropertyMap(mdc);
		copy.setMessage(LogSink.text(event.message(), event.trace()));
		logger.callAppenders(copy);
	}

	@Override
	public Map<String, String> levels() {
		Map<String, String> levels = new HashMap<>();
		for (Logger logger : this.context.getLoggerList()) {
			Level level = logger.getLevel();
			if (level != null) {
				boolean root = logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
				levels.put(root ? "" : logger.getName(), nameOf(level));
			}
		}
		return levels;
	}

	private static String nameOf(Level level) {
		return (level.toInt() <= Level.TRACE_INT) ? "TRACE" : level.toString();
	}

}
