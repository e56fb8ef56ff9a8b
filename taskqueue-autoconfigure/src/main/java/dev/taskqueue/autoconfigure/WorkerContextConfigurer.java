package dev.taskqueue.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.ContextBeans;
import dev.taskqueue.autoconfigure.worker.WorkerContextValues;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Gives a queue's workers the beans of the application, where its settings say so.
 */
final class WorkerContextConfigurer {

	private final ConfigurableListableBeanFactory beanFactory;

	private final ConfigurableEnvironment environment;

	private final UnaryOperator<String> propertyNames;

	/**
	 * Create a configurer.
	 * @param beanFactory the application's
	 * @param environment the application's
	 * @param propertyNames from a setting to the property that has set it
	 */
	WorkerContextConfigurer(ConfigurableListableBeanFactory beanFactory, ConfigurableEnvironment environment,
			UnaryOperator<String> propertyNames) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.propertyNames = propertyNames;
	}

	/**
	 * Apply the settings.
	 * @param settings the settings
	 * @param builder the builder to call setters on
	 * @throws InvalidConfigurationPropertyValueException if workers could not make a
	 * context from what they would be told
	 */
	void configure(TaskQueueProperties.Spring settings, TaskQueue.Builder builder) {
		if (!settings.isEnabled()) {
			return;
		}
		WorkerContextValues values = new WorkerContextValues(this.beanFactory, this.environment);
		builder.workerContext(collect(settings, values))
			.reachableQueues(values.queueNames(), this::queue)
			.beans(new ContextBeans(this.beanFactory));
	}

	private Map<String, String> collect(TaskQueueProperties.Spring settings, WorkerContextValues values) {
		requireClasses(settings.getSources());
		try {
			return values.collect(settings.getSources(), settings.isLazy(), settings.getStart(),
					settings.getProperties());
		}
		catch (IllegalStateException ex) {
			throw refusal("enabled", true, "Workers cannot make a context like this application's: " + ex.getMessage()
					+ ". Name classes in 'taskqueue.worker.spring.sources'.");
		}
	}

	private void requireClasses(List<String> sources) {
		for (String source : sources) {
			if (!ClassUtils.isPresent(source, this.beanFactory.getBeanClassLoader())) {
				throw refusal("sources", source,
						"There is no such class. Write the names of classes, that of a nested one with a '$'.");
			}
		}
	}

	private InvalidConfigurationPropertyValueException refusal(String setting, Object value, String reason) {
		return new InvalidConfigurationPropertyValueException(this.propertyNames.apply("worker.spring." + setting),
				value, reason);
	}

	private @Nullable TaskQueue queue(String name) {
		return this.beanFactory.containsBean(name) ? this.beanFactory.getBean(name, TaskQueue.class) : null;
	}

}
