package dev.taskqueue.worker;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.EventConstants;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * A logger of a worker: formats here, logs in the parent. Thread-safe.
 */
final class ForwardingLogger extends LegacyAbstractLogger {

	private volatile int threshold;

	ForwardingLogger(String name) {
		this.name = name;
		this.threshold = LogForwarder.levelOfLogger(name);
	}

	/** Take the level that holds now. */
	void refresh() {
		this.threshold = LogForwarder.levelOfLogger(this.name);
	}

	@Override
	public boolean isTraceEnabled() {
		return EventConstants.TRACE_INT >= this.threshold;
	}

	@Override
	public boolean isDebugEnabled() {
		return EventConstants.DEBUG_INT >= this.threshold;
	}

	@Override
	public boolean isInfoEnabled() {
		return EventConstants.INFO_INT >= this.threshold;
	}

	@Override
	public boolean isWarnEnabled() {
		return EventConstants.WARN_INT >= this.threshold;
	}

	@Override
	public boolean isErrorEnabled() {
		return EventConstants.ERROR_INT >= this.threshold;
	}

	@Override
	protected @Nullable String getFullyQualifiedCallerName() {
		return null;
	}

	@Override
	protected void handleNormalizedLoggingCall(Level level, @Nullable Marker marker, String pattern,
			@Nullable Object @Nullable [] arguments, @Nullable Throwable thrown) {
		String message = MessageFormatter.basicArrayFormat(pattern, arguments);
		LogForwarder.forward(this.name, level.toInt(), String.valueOf(message), thrown);
	}

}
