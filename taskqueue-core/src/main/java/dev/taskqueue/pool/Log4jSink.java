package dev.taskqueue.pool;

import java.util.HashMap;
import java.util.Map;

import dev.taskqueue.wire.Frame;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.spi.StandardLevel;

/**
 * Log4j2. Only loaded where SLF4J hands over to it.
 */
final class Log4jSink implements LogSink {

	private final LoggerContext context;

	private Log4jSink(LoggerContext context) {
		this.context = context;
	}

	/**
	 * Create a sink.
	 * @return a sink of Log4j2's core, or of SLF4J where something else is behind
	 * Log4j2's interfaces
	 */
	static LogSink create() {
		Object context = LogManager.getContext(Log4jSink.class.getClassLoader(), false);
		return (context instanceof LoggerContext core) ? new Log4jSink(core) : new Slf4jSink();
	}

	@Override
	public void log(Frame.Log event, Map<String, String> mdc) {
		Logger logger = this.context.getLogger(event.logger());
		Level level = Level.valueOf(org.slf4j.event.Level.intToLevel(event.level()).name());
		Message message = new SimpleMessage(LogSink.text(event.message(), event.trace()));
		if (!logger.isEnabled(level, null, message, null)) {
			return;
		}
		LogEvent copy = Log4jLogEvent.newBuilder()
			.setLoggerName(event.logger())
			.setLevel(level)
			.setThreadName(event.thread())
			.setTimeMillis(event.millis())
			.setContextData(ContextDataFactory.createContextData(mdc))
			.setMessage(message)
			.build();
		logger.get().getReliabilityStrategy().log(logger, copy);
	}

	@Override
	public Map<String, String> levels() {
		Map<String, String> levels = new HashMap<>();
		for (Map.Entry<String, LoggerConfig> entry : this.context.getConfiguration().getLoggers().entrySet()) {
			levels.put(entry.getKey(), nameOf(entry.getValue().getLevel()));
		}
		return levels;
	}

	/** A level of the user's own counts as the next one that says less. */
	private static String nameOf(Level level) {
		return switch (StandardLevel.getStandardLevel(level.intLevel())) {
			case ALL, TRACE -> "TRACE";
			case DEBUG -> "DEBUG";
			case INFO -> "INFO";
			case WARN -> "WARN";
			case ERROR -> "ERROR";
			case FATAL, OFF -> "OFF"; // SLF4J knows nothing worse than an error
		};
	}

}
