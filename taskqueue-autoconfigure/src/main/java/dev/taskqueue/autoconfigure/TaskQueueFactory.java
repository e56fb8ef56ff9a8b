package dev.taskqueue.autoconfigure;

import java.util.List;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes the configured queues, the default one and those with a name, out of their
 * settings and the application's beans. Starts none: that is for their life cycles.
 */
final class TaskQueueFactory {

	private final ConfigurableListableBeanFactory beanFactory;

	private final TaskQueueProperties defaultSettings;

	private final ConfigurableEnvironment environment;

	private final ConfiguredQueues queues;

	/**
	 * Create a factory.
	 * @param beanFactory where customizers and listeners are
	 * @param defaultSettings the settings of the default queue
	 * @param environment where the settings of the others are
	 */
	TaskQueueFactory(ConfigurableListableBeanFactory beanFactory, TaskQueueProperties defaultSettings,
			ConfigurableEnvironment environment) {
		this.beanFactory = beanFactory;
		this.defaultSettings = defaultSettings;
		this.environment = environment;
		this.queues = new ConfiguredQueues(environment);
	}

	/**
	 * Build a queue.
	 * @param name the queue's name, which is its bean's
	 * @return a new queue, not started
	 */
	TaskQueue queue(String name) {
		TaskQueue.Builder builder = TaskQueue.builder().name(name);
		TaskQueueProperties settings = settings(name);
		new TaskQueueBuilderConfigurer(settings, applicationPackages(),
				(setting) -> this.queues.propertyOf(name, setting))
			.configure(builder);
		new WorkerContextConfigurer(this.beanFactory, this.environment,
				(setting) -> this.queues.propertyOf(name, setting))
			.configure(settings.getWorker().getSpring(), builder);
		this.beanFactory.getBeanProvider(TaskQueueListener.class).orderedStream().forEach(builder::listener);
		this.beanFactory.getBeanProvider(TaskQueueCustomizer.class)
			.orderedStream()
			.forEach((customizer) -> customizer.customize(name, builder));
		return builder.build();
	}

	/**
	 * Create the life cycle of a queue, and see to it that the shutdown has time for it.
	 * @param name the queue's name
	 * @param queue the queue
	 * @return a new life cycle
	 */
	TaskQueueLifecycle lifecycle(String name, TaskQueue queue) {
		this.beanFactory.getBeanProvider(DefaultLifecycleProcessor.class)
			.ifAvailable((processor) -> TaskQueueLifecycle.extendPhase(processor,
					this.queues.longestTerminateTimeout(this.defaultSettings.getTerminateTimeout()),
					this.beanFactory.getBeanProvider(LifecycleProperties.class)
						.getIfAvailable(LifecycleProperties::new)
						.getTimeoutPerShutdownPhase()));
		return new TaskQueueLifecycle(queue);
	}

	/**
	 * Create the start of a queue.
	 * @param name the queue's name
	 * @param queue the queue
	 * @return a new start
	 */
	TaskQueueStart start(String name, TaskQueue queue) {
		return new TaskQueueStart(queue, settings(name).isAutoStartup());
	}

	/**
	 * Whether a queue's workers are known to have no beans.
	 * @param name the name of a queue's bean
	 * @return {@code false} if they have, or if the application builds that queue itself
	 */
	boolean hasNoBeans(String name) {
		return isConfigured(name) && !settings(name).getWorker().getSpring().isEnabled();
	}

	private boolean isConfigured(String name) {
		String madeBy = this.beanFactory.containsBeanDefinition(name)
				? this.beanFactory.getMergedBeanDefinition(name).getFactoryBeanName() : null;
		return TaskQueueFactory.class.getName().equals(madeBy)
				|| TaskQueueAutoConfiguration.DefaultQueueConfiguration.class.getName().equals(madeBy);
	}

	private TaskQueueProperties settings(String name) {
		return name.equals(ConfiguredQueues.DEFAULT) ? this.defaultSettings : this.queues.settings(name);
	}

	private List<String> applicationPackages() {
		return AutoConfigurationPackages.has(this.beanFactory) ? AutoConfigurationPackages.get(this.beanFactory)
				: List.of();
	}

}
