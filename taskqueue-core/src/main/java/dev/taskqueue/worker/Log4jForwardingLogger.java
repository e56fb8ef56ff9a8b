package dev.taskqueue.worker;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.MessageFactory;
import org.apache.logging.log4j.spi.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.EventConstants;

/**
 * A logger of the Log4j2 API in a worker: formats here, logs in the parent. Thread-safe.
 * The many overloads are how Log4j2 asks one question: whether a level is enabled.
 */
final class Log4jForwardingLogger extends AbstractLogger {

	private volatile int threshold;

	Log4jForwardingLogger(String name, MessageFactory factory) {
		super(name, factory);
		this.threshold = LogForwarder.levelOfLogger(name);
	}

	/** Take the level that holds now. */
	void refresh() {
		this.threshold = LogForwarder.levelOfLogger(getName());
	}

	@Override
	public Level getLevel() {
		return switch (this.threshold) {
			case EventConstants.TRACE_INT -> Level.TRACE;
			case EventConstants.DEBUG_INT -> Level.DEBUG;
			case EventConstants.INFO_INT -> Level.INFO;
			case EventConstants.WARN_INT -> Level.WARN;
			case EventConstants.ERROR_INT -> Level.ERROR;
			default -> Level.OFF;
		};
	}

	@Override
	public void logMessage(String fqcn, Level level, @Nullable Marker marker, Message message,
			@Nullable Throwable thrown) {
		LogForwarder.forward(getName(), toSlf4j(level), String.valueOf(message.getFormattedMessage()), thrown);
	}

	@Override
	public boolean isEnabled(Level level) {
		return toSlf4j(level) >= this.threshold;
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable Message message,
			@Nullable Throwable thrown) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable CharSequence message,
			@Nullable Throwable thrown) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable Object message,
			@Nullable Throwable thrown) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message,
			@Nullable Throwable thrown) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message,
			@Nullable Object... parameters) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2, @Nullable Object p3) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2, @Nullable Object p3, @Nullable Object p4) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2, @Nullable Object p3, @Nullable Object p4, @Nullable Object p5) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2, @Nullable Object p3, @Nullable Object p4, @Nullable Object p5,
			@Nullable Object p6) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2, @Nullable Object p3, @Nullable Object p4, @Nullable Object p5,
			@Nullable Object p6, @Nullable Object p7) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2, @Nullable Object p3, @Nullable Object p4, @Nullable Object p5,
			@Nullable Object p6, @Nullable Object p7, @Nullable Object p8) {
		return isEnabled(level);
	}

	@Override
	public boolean isEnabled(Level level, @Nullable Marker marker, @Nullable String message, @Nullable Object p0,
			@Nullable Object p1, @Nullable Object p2, @Nullable Object p3, @Nullable Object p4, @Nullable Object p5,
			@Nullable Object p6, @Nullable Object p7, @Nullable Object p8, @Nullable Object p9) {
		return isEnabled(level);
	}

	/** A level of the user's own counts as the next one that says more. */
	private static int toSlf4j(Level level) {
		if (level.isMoreSpecificThan(Level.ERROR)) {
			return EventConstants.ERROR_INT;
		}
		if (level.isMoreSpecificThan(Level.WARN)) {
			return EventConstants.WARN_INT;
		}
		if (level.isMoreSpecificThan(Level.INFO)) {
			return EventConstants.INFO_INT;
		}
		return level.isMoreSpecificThan(Level.DEBUG) ? EventConstants.DEBUG_INT : EventConstants.TRACE_INT;
	}

}
