package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.ConditionalOnWorker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

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
@ConditionalOnWorker(false)
@ConditionalOnBooleanProperty(name = "taskqueue.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TaskQueueProperties.class)
@Import(TaskQueueFactory.class)
public final class TaskQueueAutoConfiguration {

	/**
	 * The queue, its start and its life cycle, which come and go together.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(TaskQueue.class)
	static class DefaultQueueConfiguration {

		@Bean(destroyMethod = "close")
		TaskQueue taskQueue(TaskQueueFactory factory) {
			return factory.queue(ConfiguredQueues.DEFAULT);
		}

		@Bean
		TaskQueueLifecycle taskQueueLifecycle(TaskQueueFactory factory, TaskQueue taskQueue) {
			return factory.lifecycle(ConfiguredQueues.DEFAULT, taskQueue);
		}

		@Bean
		TaskQueueStart taskQueueStart(TaskQueueFactory factory, TaskQueue taskQueue) {
			return factory.start(ConfiguredQueues.DEFAULT, taskQueue);
		}

	}

}
