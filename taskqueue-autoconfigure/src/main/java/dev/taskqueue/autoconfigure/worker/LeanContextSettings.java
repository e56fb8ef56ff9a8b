package dev.taskqueue.autoconfigure.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Everything a worker is told to make a context like the application's. Written as plain
 * text into one map, which the engine hands over.
 *
 * @param sources names of what the context is made from
 * @param lazy whether beans are made when a task needs them
 * @param start names of the life-cycle beans to start
 * @param profiles active profiles, the most important last
 * @param arguments the application's command line
 * @param systemProperties what was given to the application's JVM with {@code -D}
 * @param properties what is more important than system properties in the application,
 * such as the properties of a test
 * @param defaultProperties what is least important
 * @param overrides what is most important, for workers only
 * @param queues the application's queues by the names of their beans
 * @param environmentPrefix the prefix of environment variables, {@code null} for none
 */
record LeanContextSettings(List<String> sources, boolean lazy, List<String> start, List<String> profiles,
		List<String> arguments, Map<String, String> systemProperties, Map<String, String> properties,
		Map<String, String> defaultProperties, Map<String, String> overrides, Map<String, Candidate> queues,
		@Nullable String environmentPrefix) {

	Map<String, String> toMap() {
		Map<String, String> map = new LinkedHashMap<>();
		put(map, "source.", this.sources);
		map.put("lazy", String.valueOf(this.lazy));
		put(map, "start.", this.start);
		put(map, "profile.", this.profiles);
		put(map, "argument.", this.arguments);
		this.systemProperties.forEach((name, value) -> map.put("system." + name, value));
		this.properties.forEach((name, value) -> map.put("property." + name, value));
		this.defaultProperties.forEach((name, value) -> map.put("default." + name, value));
		this.overrides.forEach((name, value) -> map.put("override." + name, value));
		this.queues.forEach((name, candidate) -> map.put("queue." + name, candidate.name()));
		if (this.environmentPrefix != null) {
			map.put("environment-prefix", this.environmentPrefix);
		}
		return map;
	}

	static LeanContextSettings of(Map<String, String> map) {
		Map<String, Candidate> queues = new LinkedHashMap<>();
		below(map, "queue.").forEach((name, candidate) -> queues.put(name, Candidate.valueOf(candidate)));
		return new LeanContextSettings(list(map, "source."), Boolean.parseBoolean(map.get("lazy")), list(map, "start."),
				list(map, "profile."), list(map, "argument."), below(map, "system."), below(map, "property."),
				below(map, "default."), below(map, "override."), queues, map.get("environment-prefix"));
	}

	private static void put(Map<String, String> map, String prefix, List<String> values) {
		for (int i = 0; i < values.size(); i++) {
			map.put(prefix + i, values.get(i));
		}
	}

	private static List<String> list(Map<String, String> map, String prefix) {
		List<String> values = new ArrayList<>();
		while (map.containsKey(prefix + values.size())) {
			values.add(Objects.requireNonNull(map.get(prefix + values.size())));
		}
		return values;
	}

	private static Map<String, String> below(Map<String, String> map, String prefix) {
		Map<String, String> values = new LinkedHashMap<>();
		map.forEach((name, value) -> {
			if (name.startsWith(prefix)) {
				values.put(name.substring(prefix.length()), value);
			}
		});
		return values;
	}

	/** Where a queue's bean stands among those of its type. */
	enum Candidate {

		PRIMARY, REGULAR, FALLBACK

	}

}
