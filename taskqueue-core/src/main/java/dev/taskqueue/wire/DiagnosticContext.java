package dev.taskqueue.wire;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A diagnostic context (MDC) as it travels: bounded, and without null values.
 */
public final class DiagnosticContext {

	/** Characters of all keys and values. */
	private static final int LONGEST = 64 << 10;

	private DiagnosticContext() {
	}

	/**
	 * As much of a context as fits.
	 * @param context a copy of the context, as SLF4J hands it out
	 * @return the entries to send; shared and empty if there are none
	 */
	public static Map<String, String> bounded(@Nullable Map<String, @Nullable String> context) {
		if (context == null || context.isEmpty()) {
			return Map.of();
		}
		int left = LONGEST;
		Map<String, String> bounded = new HashMap<>();
		for (Map.Entry<String, @Nullable String> entry : context.entrySet()) {
			String value = entry.getValue();
			int length = entry.getKey().length() + ((value != null) ? value.length() : 0);
			if (length <= left && value != null) {
				left -= length;
				bounded.put(entry.getKey(), value);
			}
		}
		return bounded;
	}

}
