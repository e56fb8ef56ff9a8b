package dev.taskqueue.worker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/**
 * The loggers of a worker. Thread-safe.
 */
final class ForwardingLoggerFactory implements ILoggerFactory, LogForwarder.Follower {

	private final ConcurrentMap<String, ForwardingLogger> loggers = new ConcurrentHashMap<>();

	ForwardingLoggerFactory() {
		LogForwarder.follow(this);
	}

	@Override
	public Logger getLogger(String name) {
		Logger known = this.loggers.get(name);
		if (known != null) {
			return known;
		}
		String effective = name.equals(Logger.ROOT_LOGGER_NAME) ? "" : name;
		ForwardingLogger created = new ForwardingLogger(effective);
		ForwardingLogger earlier = this.loggers.putIfAbsent(name, created);
		if (earlier != null) {
			return earlier;
		}
		created.refresh(); // levels may have changed before it was there to be told
		return created;
	}

	@Override
	public void levelsChanged() {
		for (ForwardingLogger logger : this.loggers.values()) {
			logger.refresh();
		}
	}

}
