package dev.taskqueue.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.slf4j.event.EventConstants;

/**
 * The configuration of {@code java.util.logging} in a worker, named by the system
 * property {@code java.util.logging.config.class}: instantiated by the JDK when something
 * logs there for the first time, and never if nothing does.
 */
public final class JulForwarding implements LogForwarder.Follower {

	/** The JDK holds its loggers weakly; without this the levels would be lost. */
	private static final Map<String, Logger> configured = new HashMap<>();

	/**
	 * Called by the JDK.
	 */
	public JulForwarding() {
		Logger root = Logger.getLogger("");
		for (Handler handler : root.getHandlers()) {
			root.removeHandler(handler);
		}
		root.addHandler(new Forwarding());
		LogForwarder.follow(this);
		levelsChanged();
	}

	@Override
	public void levelsChanged() {
		synchronized (configured) {
			Map<String, Integer> levels = LogForwarder.levels();
			for (Map.Entry<String, Logger> entry : configured.entrySet()) {
				if (!levels.containsKey(entry.getKey())) {
					entry.getValue().setLevel(null); // as the one above it
				}
			}
			Logger.getLogger("").setLevel(toJul(LogForwarder.levelOfLogger("")));
			for (Map.Entry<String, Integer> entry : levels.entrySet()) {
				Logger logger = Logger.getLogger(entry.getKey());
				logger.setLevel(toJul(entry.getValue()));
				configured.put(entry.getKey(), logger);
			}
		}
	}

	private static Level toJul(int level) {
		return switch (level) {
			case EventConstants.TRACE_INT -> Level.FINEST;
			case EventConstants.DEBUG_INT -> Level.FINE;
			case EventConstants.INFO_INT -> Level.INFO;
			case EventConstants.WARN_INT -> Level.WARNING;
			case EventConstants.ERROR_INT -> Level.SEVERE;
			default -> Level.OFF;
		};
	}

	private static int fromJul(Level level) {
		int value = level.intValue();
		if (value >= Level.SEVERE.intValue()) {
			return EventConstants.ERROR_INT;
		}
		if (value >= Level.WARNING.intValue()) {
			return EventConstants.WARN_INT;
		}
		if (value >= Level.INFO.intValue()) {
			return EventConstants.INFO_INT;
		}
		return (value >= Level.FINE.intValue()) ? EventConstants.DEBUG_INT : EventConstants.TRACE_INT;
	}

	/** Sends records to the parent. */
	private static final class Forwarding extends Handler {

		private final SimpleFormatter formatter = new SimpleFormatter();

		@Override
		public void publish(LogRecord event) {
			if (isLoggable(event)) {
				String name = (event.getLoggerName() != null) ? event.getLoggerName() : "";
				LogForwarder.forward(name, fromJul(event.getLevel()), this.formatter.formatMessage(event),
						event.getThrown());
			}
		}

		@Override
		public void flush() {
			// Nothing is kept here
		}

		@Override
		public void close() {
			// Nothing is held here
		}

	}

}
