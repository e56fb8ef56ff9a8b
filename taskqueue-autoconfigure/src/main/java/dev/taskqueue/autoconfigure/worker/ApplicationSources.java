package dev.taskqueue.autoconfigure.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * What the application was started from, as its {@code SpringApplication} knew it: in a
 * test that is the test's configuration. A singleton of the context, immutable.
 *
 * @param sources classes, packages, resources and names of any of them
 * @param environmentPrefix the prefix of environment variables, {@code null} for none
 */
record ApplicationSources(Set<Object> sources, @Nullable String environmentPrefix) {

	static final String BEAN_NAME = ApplicationSources.class.getName();

	/**
	 * The names by which a worker finds the same sources.
	 * @return names of classes and packages, and locations of resources
	 * @throws IllegalStateException if a source has no name
	 */
	List<String> names() {
		List<String> names = new ArrayList<>();
		for (Object source : this.sources) {
			names.add(name(source));
		}
		return names;
	}

	private static String name(Object source) {
		if (source instanceof Class<?> type) {
			return type.getName();
		}
		if (source instanceof Package named) {
			return named.getName();
		}
		if (source instanceof Resource resource) {
			try {
				return resource.getURL().toString();
			}
			catch (IOException ex) {
				throw new IllegalStateException(
						"workers cannot find the application's source " + resource + ", which has no location", ex);
			}
		}
		return source.toString();
	}

}
