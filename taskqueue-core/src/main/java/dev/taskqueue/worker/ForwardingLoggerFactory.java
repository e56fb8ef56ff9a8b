package dev.taskqueue.worker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/**
 * The loggers of a worker. Thread-safe.
 */
final class ForwardingLoggerFactory implements ILoggerFactory {

	private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();

	@Override
	public Logger getLogger(String name) {
		Logger known = this.loggers.get(name);
		if (known != null) {
			return known;
		}
		String effective = name.equals(Logger.ROOT_LOGGER_NAME) ? "" : name;
		Logger created = new ForwardingLogger(effective, LogForwarder.levelOfLogger(effective));
		Logger earlier = this.loggers.putIfAbsent(name, created);
		return (earlier != null) ? earlier : created;
	}

}
