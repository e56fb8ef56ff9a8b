package dev.taskqueue.autoconfigure;

import dev.taskqueue.autoconfigure.queued.QueueAccess;
import dev.taskqueue.autoconfigure.queued.QueuedBeanPostProcessor;
import dev.taskqueue.autoconfigure.worker.ConditionalOnWorker;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what makes tasks of calls of
 * {@link dev.taskqueue.annotation.Queued} methods. In workers it is not there: a call is
 * a call.
 */
@AutoConfiguration(after = TaskQueueAutoConfiguration.class)
@ConditionalOnWorker(false)
@ConditionalOnBooleanProperty(name = "taskqueue.enabled", matchIfMissing = true)
public final class QueuedAutoConfiguration {

	/** Static, and without other beans: it is made before all of them. */
	@Bean
	static QueuedBeanPostProcessor taskQueueQueuedBeanPostProcessor(ConfigurableListableBeanFactory beanFactory,
			Environment environment) {
		QueueAccess queues = new QueueAccess(beanFactory,
				(queue) -> beanFactory.getBean(TaskQueueFactory.class).hasNoBeans(queue));
		return new QueuedBeanPostProcessor(beanFactory, queues,
				environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
	}

}
