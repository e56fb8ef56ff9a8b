package dev.taskqueue.autoconfigure;

import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.Environment;

/**
 * The properties that are set somewhere: in a file, in the environment, on the command
 * line.
 */
final class SetProperties {

	private final Iterable<ConfigurationPropertySource> sources;

	/**
	 * Create a view of an environment.
	 * @param environment where the properties are
	 */
	SetProperties(Environment environment) {
		this.sources = ConfigurationPropertySources.get(environment);
	}

	/**
	 * Find a property.
	 * @param name its name
	 * @return the property that counts, or {@code null} if it is not set
	 */
	@Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		return stream().map((source) -> source.getConfigurationProperty(name))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Find properties by the beginning of their names.
	 * @param prefix what their names begin with
	 * @return the properties below it, those that count first
	 */
	Stream<ConfigurationProperty> below(ConfigurationPropertyName prefix) {
		return stream().filter(IterableConfigurationPropertySource.class::isInstance)
			.map(IterableConfigurationPropertySource.class::cast)
			.flatMap((source) -> source.stream().filter(prefix::isAncestorOf).map(source::getConfigurationProperty))
			.filter(Objects::nonNull);
	}

	/**
	 * What to call a property in a message: as it is written where it was set, which is
	 * also how Spring Boot finds the place.
	 * @param property the property
	 * @return its name there, such as that of an environment variable
	 */
	static String writtenName(ConfigurationProperty property) {
		return (property.getOrigin() instanceof PropertySourceOrigin origin) ? origin.getPropertyName()
				: property.getName().toString();
	}

	private Stream<ConfigurationPropertySource> stream() {
		return StreamSupport.stream(this.sources.spliterator(), false);
	}

}
