package dev.taskqueue.pool;

import java.util.Map;

import dev.taskqueue.wire.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Any logging library, through SLF4J. An event's own thread and time are lost.
 */
final class Slf4jSink implements LogSink {

	@Override
	public void log(Frame.Log event, Map<String, String> context) {
		MDC.setContextMap(context);
		try {
			LoggerFactory.getLogger(event.logger())
				.atLevel(Level.intToLevel(event.level()))
				.log(LogSink.text(event.message(), event.trace()));
		}
		finally {
			MDC.clear();
		}
	}

	/** SLF4J tells levels one logger at a time: the root logger's has to do. */
	@Override
	public Map<String, String> levels() {
		Logger root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
		for (Level level : new Level[] { Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR }) {
			if (root.isEnabledForLevel(level)) {
				return Map.of("", level.name());
			}
		}
		return Map.of("", "OFF");
	}

}
