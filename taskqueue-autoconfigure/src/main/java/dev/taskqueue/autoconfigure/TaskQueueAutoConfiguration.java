package dev.taskqueue.autoconfigure;

import java.util.List;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Auto-configuration of a {@link TaskQueue} from {@link TaskQueueProperties}, started and
 * drained with the application context.
 * <p>
 * It backs off for a {@link TaskQueue} bean of the application's own. Such a bean is
 * built, started and configured by the application: no {@code taskqueue.*} property and
 * no life cycle of this class applies to it, only its destruction by the context. Metrics
 * and endpoint show it all the same.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "taskqueue.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TaskQueueProperties.class)
public final class TaskQueueAutoConfiguration {

	/**
	 * The queue and its life cycle, which come and go together.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(TaskQueue.class)
	static class DefaultQueueConfiguration {

		@Bean(destroyMethod = "close")
		TaskQueue taskQueue(TaskQueueProperties properties, ObjectProvider<TaskQueueCustomizer> customizers,
				ObjectProvider<TaskQueueListener> listeners, BeanFactory beanFactory) {
			TaskQueue.Builder builder = TaskQueue.builder().name("taskQueue");
			new TaskQueueBuilderConfigurer(properties, applicationPackages(beanFactory)).configure(builder);
			listeners.orderedStream().forEach(builder::listener);
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return builder.build();
		}

		@Bean
		TaskQueueLifecycle taskQueueLifecycle(TaskQueue taskQueue, TaskQueueProperties properties,
				ObjectProvider<DefaultLifecycleProcessor> processor, ObjectProvider<LifecycleProperties> usual) {
			processor.ifAvailable((target) -> TaskQueueLifecycle.extendPhase(target, properties.getTerminateTimeout(),
					usual.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase()));
			return new TaskQueueLifecycle(taskQueue, properties.isAutoStartup());
		}

		private static List<String> applicationPackages(BeanFactory beanFactory) {
			return AutoConfigurationPackages.has(beanFactory) ? AutoConfigurationPackages.get(beanFactory) : List.of();
		}

	}

}
