package dev.taskqueue.autoconfigure.worker;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The system properties that somebody gave to this JVM with {@code -D}. Neither those the
 * JVM has by itself nor those that code has set: they describe this process.
 */
final class JvmProperties {

	/** What is about the process, its logging or its management, and not the worker's. */
	private static final List<String> OWN_AFFAIRS = List.of("java.class.path", "java.home", "java.io.tmpdir",
			"java.library.path", "java.util.logging.", "java.rmi.", "com.sun.management.", "jdk.", "sun.", "loader.",
			"spring.aot.enabled", "spring.context.exit", "spring.context.checkpoint", "spring.devtools.", "slf4j.",
			"log4j.", "log4j2.", "logback.", "org.springframework.boot.logging.", "dev.taskqueue.", "surefire.",
			"maven.");

	private JvmProperties() {
	}

	/**
	 * The properties that workers are told.
	 * @return values by name
	 */
	static Map<String, String> given() {
		return given(ManagementFactory.getRuntimeMXBean().getInputArguments());
	}

	static Map<String, String> given(List<String> jvmArguments) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (String argument : jvmArguments) {
			if (argument.startsWith("-D")) {
				int separator = argument.indexOf('=');
				String name = argument.substring(2, (separator < 0) ? argument.length() : separator);
				if (!isOwnAffair(name)) {
					properties.put(name, (separator < 0) ? "" : argument.substring(separator + 1));
				}
			}
		}
		return properties;
	}

	private static boolean isOwnAffair(String name) {
		return OWN_AFFAIRS.stream().anyMatch((own) -> own.endsWith(".") ? name.startsWith(own) : name.equals(own));
	}

}
