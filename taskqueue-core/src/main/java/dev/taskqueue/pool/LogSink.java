package dev.taskqueue.pool;

import java.util.Map;

import dev.taskqueue.wire.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The application's own logging, as the end of the way of a worker's log event.
 */
interface LogSink {

	/**
	 * Log an event under its own logger's name and level, if that is enabled.
	 * @param event the event
	 * @param context its diagnostic context and where it comes from
	 */
	void log(Frame.Log event, Map<String, String> context);

	/**
	 * The levels that hold in the application.
	 * @return logger name to level name; the root logger is {@code ""}
	 */
	Map<String, String> levels();

	/**
	 * The sink that fits the logging library in use: Logback and Log4j2 keep the event's
	 * thread and time, others get what SLF4J can say.
	 * @return a sink
	 */
	static LogSink create() {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		return switch (factory.getClass().getName()) {
			case "ch.qos.logback.classic.LoggerContext" -> new LogbackSink(factory);
			case "org.apache.logging.slf4j.Log4jLoggerFactory" -> Log4jSink.create();
			default -> new Slf4jSink();
		};
	}

	/**
	 * Message and rendered exception as one text.
	 * @param message the message
	 * @param trace the rendered exception
	 * @return the text
	 */
	static String text(String message, @Nullable String trace) {
		return (trace != null) ? message + System.lineSeparator() + trace.stripTrailing() : message;
	}

}
