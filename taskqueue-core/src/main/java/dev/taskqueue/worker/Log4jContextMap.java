package dev.taskqueue.worker;

import java.util.HashMap;
import java.util.Map;

import org.apache.logging.log4j.spi.ThreadContextMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Log4j2's thread context in a worker is SLF4J's: what the one is given, the other has.
 */
public final class Log4jContextMap implements ThreadContextMap {

	/**
	 * Called by Log4j2.
	 */
	public Log4jContextMap() {
	}

	@Override
	public void clear() {
		MDC.clear();
	}

	@Override
	public boolean containsKey(String key) {
		return MDC.get(key) != null;
	}

	@Override
	public @Nullable String get(String key) {
		return MDC.get(key);
	}

	@Override
	public Map<String, String> getCopy() {
		Map<String, String> copy = MDC.getCopyOfContextMap();
		return (copy != null) ? copy : new HashMap<>();
	}

	@Override
	public @Nullable Map<String, String> getImmutableMapOrNull() {
		return isEmpty() ? null : Map.copyOf(getCopy());
	}

	@Override
	public boolean isEmpty() {
		return getCopy().isEmpty();
	}

	@Override
	public void put(String key, @Nullable String value) {
		MDC.put(key, value);
	}

	@Override
	public void remove(String key) {
		MDC.remove(key);
	}

}
