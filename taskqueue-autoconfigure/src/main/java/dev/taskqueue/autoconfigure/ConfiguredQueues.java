package dev.taskqueue.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * The queues that properties configure beside the default one, and the settings of each:
 * those of the default queue, with the queue's own bound over them.
 */
final class ConfiguredQueues {

	/**
	 * The name of the default queue, whose settings begin with {@code taskqueue} alone.
	 */
	static final String DEFAULT = "taskQueue";

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("taskqueue");

	private static final ConfigurationPropertyName QUEUES = ROOT.append("queues");

	/** What reads the same in a file and in the name of an environment variable. */
	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

	private final SetProperties properties;

	private final Binder binder;

	private final Map<String, TaskQueueProperties> settings = new LinkedHashMap<>();

	/**
	 * Find the queues and bind their settings.
	 * @param environment where the properties are
	 * @throws InvalidConfigurationPropertyValueException if a queue's name is refused, or
	 * nothing below it is a setting
	 */
	ConfiguredQueues(Environment environment) {
		this.properties = new SetProperties(environment);
		this.binder = Binder.get(environment);
		Map<String, List<ConfigurationProperty>> found = this.properties.below(QUEUES)
			.collect(Collectors.groupingBy(ConfiguredQueues::checkedName, LinkedHashMap::new, Collectors.toList()));
		found.forEach((name, properties) -> {
			TaskQueueProperties bound = bind(QUEUES.append(name), properties);
			if (bound.isEnabled()) {
				this.settings.put(name, bound);
			}
		});
	}

	/**
	 * The names of the queues that are enabled.
	 * @return the names, without the default queue's
	 */
	Set<String> names() {
		return this.settings.keySet();
	}

	/**
	 * The settings of a queue.
	 * @param name one of the names
	 * @return its settings
	 */
	TaskQueueProperties settings(String name) {
		return Objects.requireNonNull(this.settings.get(name), name);
	}

	/**
	 * The longest drain.
	 * @param least that of the default queue
	 * @return the longest of all queues
	 */
	Duration longestTerminateTimeout(Duration least) {
		return this.settings.values()
			.stream()
			.map(TaskQueueProperties::getTerminateTimeout)
			.reduce(least, (one, other) -> (one.compareTo(other) > 0) ? one : other);
	}

	/**
	 * What to call a queue's setting in a message: the property that decided it, which
	 * may be the default queue's.
	 * @param queue the queue's name
	 * @param setting the name of the setting, such as {@code worker-count}
	 * @return the property's name
	 */
	String propertyOf(String queue, String setting) {
		ConfigurationProperty own = queue.equals(DEFAULT) ? null
				: this.properties.find(QUEUES.append(queue).append(setting));
		ConfigurationProperty property = (own != null) ? own : this.properties.find(ROOT.append(setting));
		return (property != null) ? SetProperties.writtenName(property) : ROOT.append(setting).toString();
	}

	/**
	 * Why there cannot be such a queue.
	 * @param name one of the names
	 * @param reason what is wrong, and what to change
	 * @return an exception to throw
	 */
	InvalidConfigurationPropertyValueException refusal(String name, String reason) {
		return this.properties.below(QUEUES)
			.filter((property) -> checkedName(property).equals(name))
			.findFirst()
			.map((property) -> refused(property, reason))
			.orElseThrow();
	}

	private TaskQueueProperties bind(ConfigurationPropertyName prefix, List<ConfigurationProperty> properties) {
		TaskQueueProperties settings = new TaskQueueProperties();
		this.binder.bind(ROOT, Bindable.ofInstance(settings));
		List<ConfigurationProperty> own = properties.stream().filter((one) -> !isDeclaration(one, prefix)).toList();
		if (!own.isEmpty() && !this.binder.bind(prefix, Bindable.ofInstance(settings)).isBound()) {
			throw refused(own.get(0), "No queue has such a setting. If it is for a queue of a longer name, write that "
					+ "in lower-case letters and digits only: the name of a queue ends at a dot, and in an environment "
					+ "variable at an underscore.");
		}
		return settings;
	}

	/** An empty value is all a queue needs that differs in nothing from the default. */
	private static boolean isDeclaration(ConfigurationProperty property, ConfigurationPropertyName prefix) {
		if (!property.getName().equals(prefix)) {
			return false;
		}
		if (!"".equals(property.getValue())) {
			throw refused(property, "A queue has settings of its own or an empty value, but no other value. Settings "
					+ "look like '%s.worker-count'.".formatted(prefix));
		}
		return true;
	}

	private static String checkedName(ConfigurationProperty property) {
		String name = property.getName().getElement(QUEUES.getNumberOfElements(), Form.ORIGINAL);
		if (name.equalsIgnoreCase(DEFAULT)) {
			throw refused(property,
					"'%s' is the default queue: its settings begin with 'taskqueue.' alone.".formatted(DEFAULT));
		}
		if (!NAME.matcher(name).matches()) {
			throw refused(property,
					("'%s' cannot be the name of a queue. Use lower-case letters and digits, a letter first, so that "
							+ "environment variables can name it too.")
						.formatted(name));
		}
		return name;
	}

	private static InvalidConfigurationPropertyValueException refused(ConfigurationProperty property, String reason) {
		return new InvalidConfigurationPropertyValueException(SetProperties.writtenName(property), property.getValue(),
				reason);
	}

}
