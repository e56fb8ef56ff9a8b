package dev.taskqueue.worker;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.apache.logging.log4j.message.MessageFactory;
import org.apache.logging.log4j.message.ParameterizedMessageFactory;
import org.apache.logging.log4j.spi.ExtendedLogger;
import org.apache.logging.log4j.spi.LoggerContext;
import org.apache.logging.log4j.spi.LoggerContextFactory;
import org.apache.logging.log4j.spi.Provider;
import org.jspecify.annotations.Nullable;

/**
 * What is behind the Log4j2 API in a worker, named by the system property
 * {@code log4j.provider}: instantiated when something logs there for the first time, and
 * never if nothing does. The application's Log4j2 configuration is not read here, so it
 * opens no files.
 */
public final class Log4jForwarding extends Provider {

	/** The oldest API this was made for, as Log4j2 wants to know it. */
	private static final String API_VERSION = "2.6.0";

	/** More than any that could be found on the class path. */
	private static final int PRIORITY = 1000;

	/**
	 * Called by Log4j2.
	 */
	public Log4jForwarding() {
		super(PRIORITY, API_VERSION, Factory.class, Log4jContextMap.class);
	}

	/**
	 * One context for everybody.
	 */
	public static final class Factory implements LoggerContextFactory {

		private final Context context = new Context();

		/**
		 * Called by Log4j2.
		 */
		public Factory() {
			LogForwarder.follow(this.context);
		}

		@Override
		public LoggerContext getContext(String fqcn, ClassLoader loader, Object externalContext,
				boolean currentContext) {
			return this.context;
		}

		@Override
		public LoggerContext getContext(String fqcn, ClassLoader loader, Object externalContext, boolean currentContext,
				URI configLocation, String name) {
			return this.context;
		}

		@Override
		public void removeContext(LoggerContext context) {
			// It stays
		}

		@Override
		public boolean isClassLoaderDependent() {
			return false;
		}

	}

	/** Loggers differ by their name and by how they format. */
	private record Key(String name, Class<?> factory) {
	}

	/** The loggers. */
	private static final class Context implements LoggerContext, LogForwarder.Follower {

		private final ConcurrentMap<Key, Log4jForwardingLogger> loggers = new ConcurrentHashMap<>();

		@Override
		public @Nullable Object getExternalContext() {
			return null;
		}

		@Override
		public ExtendedLogger getLogger(String name) {
			return getLogger(name, null);
		}

		@Override
		public ExtendedLogger getLogger(String name, @Nullable MessageFactory factory) {
			MessageFactory effective = (factory != null) ? factory : ParameterizedMessageFactory.INSTANCE;
			Key key = new Key(name, effective.getClass());
			Log4jForwardingLogger known = this.loggers.get(key);
			if (known != null) {
				return known;
			}
			Log4jForwardingLogger created = new Log4jForwardingLogger(name, effective);
			Log4jForwardingLogger earlier = this.loggers.putIfAbsent(key, created);
			if (earlier != null) {
				return earlier;
			}
			created.refresh(); // levels may have changed before it was there to be told
			return created;
		}

		@Override
		public boolean hasLogger(String name) {
			return hasLogger(name, ParameterizedMessageFactory.class);
		}

		@Override
		public boolean hasLogger(String name, MessageFactory factory) {
			return hasLogger(name, factory.getClass());
		}

		@Override
		public boolean hasLogger(String name, Class<? extends MessageFactory> factory) {
			return this.loggers.containsKey(new Key(name, factory));
		}

		@Override
		public void levelsChanged() {
			this.loggers.values().forEach(Log4jForwardingLogger::refresh);
		}

	}

}
