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
	 * The sink that fits the logging library in use: Logback keeps the event's thread and
	 * time, others get what SLF4J can say.
	 * @return a sink
	 */
	static LogSink create() {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (factory.getClass().getName().equals("ch.qos.logback.classic.LoggerContext")) {
			return new LogbackSink(factory);
		}
		return new Slf4jSink();
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
