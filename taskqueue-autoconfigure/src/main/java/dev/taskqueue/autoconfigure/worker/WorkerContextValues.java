package dev.taskqueue.autoconfigure.worker;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.LeanContextSettings.Candidate;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Collects what workers are told of the application: all that they cannot find by
 * themselves in files, in the environment or on the class path.
 */
public final class WorkerContextValues {

	/** The profile that is active in workers only. */
	public static final String PROFILE = "taskqueue-worker";

	private final ConfigurableListableBeanFactory beanFactory;

	private final ConfigurableEnvironment environment;

	/**
	 * Create a collector.
	 * @param beanFactory the application's
	 * @param environment the application's
	 */
	public WorkerContextValues(ConfigurableListableBeanFactory beanFactory, ConfigurableEnvironment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	/**
	 * Collect.
	 * @param sources names of classes to make the context from; none: the application's
	 * @param lazy whether beans are made when a task needs them
	 * @param start names of the life-cycle beans to start
	 * @param overrides properties that count more than all others
	 * @return what to hand over
	 * @throws IllegalStateException if the application's sources are not known
	 */
	public Map<String, String> collect(List<String> sources, boolean lazy, List<String> start,
			Map<String, String> overrides) {
		ApplicationSources application = bean(ApplicationSources.BEAN_NAME, ApplicationSources.class);
		ApplicationArguments arguments = bean("springApplicationArguments", ApplicationArguments.class);
		return new LeanContextSettings(sources.isEmpty() ? names(application) : sources, lazy, start, profiles(),
				(arguments != null) ? List.of(arguments.getSourceArgs()) : List.of(), JvmProperties.given(),
				properties(), defaultProperties(), overrides, queues(),
				(application != null) ? application.environmentPrefix() : null)
			.toMap();
	}

	/**
	 * The names of the application's queues.
	 * @return the names of their beans
	 */
	public Set<String> queueNames() {
		return queues().keySet();
	}

	private static List<String> names(@Nullable ApplicationSources application) {
		if (application == null || application.sources().isEmpty()) {
			throw new IllegalStateException("it was not started by a SpringApplication, so its sources are not known");
		}
		return application.names();
	}

	/** Last comes first: files of the worker's profile count most. */
	private List<String> profiles() {
		Set<String> profiles = new LinkedHashSet<>(List.of(this.environment.getActiveProfiles()));
		if (profiles.isEmpty()) {
			// Not active any more as soon as another one is
			profiles.addAll(List.of(this.environment.getDefaultProfiles()));
		}
		profiles.add(PROFILE);
		return List.copyOf(profiles);
	}

	/**
	 * What somebody has put over the system properties in code, as tests do. The rest is
	 * found by the worker as it was by the application.
	 */
	private Map<String, String> properties() {
		Map<String, String> properties = new LinkedHashMap<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
				break;
			}
			if (source instanceof EnumerablePropertySource<?> values
					&& !(source instanceof CommandLinePropertySource<?>)) {
				copy(values, properties);
			}
		}
		return properties;
	}

	private Map<String, String> defaultProperties() {
		Map<String, String> properties = new LinkedHashMap<>();
		if (this.environment.getPropertySources()
			.get(DefaultPropertiesPropertySource.NAME) instanceof EnumerablePropertySource<?> values) {
			copy(values, properties);
		}
		return properties;
	}

	private static void copy(EnumerablePropertySource<?> from, Map<String, String> to) {
		for (String name : from.getPropertyNames()) {
			Object value = from.getProperty(name);
			if (value != null) {
				to.putIfAbsent(name, value.toString());
			}
		}
	}

	private Map<String, Candidate> queues() {
		Map<String, Candidate> queues = new LinkedHashMap<>();
		for (String name : this.beanFactory.getBeanNamesForType(TaskQueue.class, true, false)) {
			queues.put(name, this.beanFactory.containsBeanDefinition(name)
					? candidate(this.beanFactory.getMergedBeanDefinition(name)) : Candidate.REGULAR);
		}
		return queues;
	}

	private static Candidate candidate(BeanDefinition definition) {
		if (definition.isPrimary()) {
			return Candidate.PRIMARY;
		}
		return definition.isFallback() ? Candidate.FALLBACK : Candidate.REGULAR;
	}

	private <T> @Nullable T bean(String name, Class<T> type) {
		return this.beanFactory.containsBean(name) ? this.beanFactory.getBean(name, type) : null;
	}

}
