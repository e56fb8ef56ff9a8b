package dev.taskqueue.benchmarks.subject;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Words of the form {@code key=value}, as they stand in a request or an answer. Values
 * have no spaces.
 *
 * @param values by key, in order
 */
public record Arguments(Map<String, String> values) {

	public Arguments {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	/**
	 * Arguments from keys and values by turns.
	 * @param keysAndValues the keys and their values
	 * @return the arguments
	 */
	public static Arguments of(Object... keysAndValues) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			values.put(keysAndValues[i].toString(), keysAndValues[i + 1].toString());
		}
		return new Arguments(values);
	}

	/**
	 * Read arguments.
	 * @param line words; those without {@code =} are left out
	 * @return the arguments
	 */
	public static Arguments parse(String line) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String word : line.split(" ", -1)) {
			int equals = word.indexOf('=');
			if (equals > 0) {
				values.put(word.substring(0, equals), word.substring(equals + 1));
			}
		}
		return new Arguments(values);
	}

	/**
	 * These and one more.
	 * @param key its key
	 * @param value its value
	 * @return new arguments
	 */
	public Arguments with(String key, Object value) {
		Map<String, String> changed = new LinkedHashMap<>(this.values);
		changed.put(key, value.toString());
		return new Arguments(changed);
	}

	/**
	 * A text.
	 * @param key its key
	 * @param otherwise what holds if it is not there
	 * @return the text
	 */
	public String text(String key, String otherwise) {
		return this.values.getOrDefault(key, otherwise);
	}

	/**
	 * A number that must be there.
	 * @param key its key
	 * @return the number
	 * @throws IllegalArgumentException if it is missing
	 */
	public int number(String key) {
		String value = this.values.get(key);
		if (value == null) {
			throw new IllegalArgumentException("'" + key + "' is missing in: " + this);
		}
		return Integer.parseInt(value);
	}

	/**
	 * A number.
	 * @param key its key
	 * @param otherwise what holds if it is not there
	 * @return the number
	 */
	public int number(String key, int otherwise) {
		return this.values.containsKey(key) ? number(key) : otherwise;
	}

	@Override
	public String toString() {
		return this.values.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue())
			.collect(Collectors.joining(" "));
	}

}
