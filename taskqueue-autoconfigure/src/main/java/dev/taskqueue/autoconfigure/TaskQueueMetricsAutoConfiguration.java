package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.ConditionalOnWorker;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters {@code taskqueue.*} for every {@link TaskQueue} bean,
 * also the application's own.
 */
@AutoConfiguration(after = TaskQueueAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnWorker(false)
@ConditionalOnBean({ TaskQueue.class, MeterRegistry.class })
public final class TaskQueueMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TaskQueueMetrics taskQueueMetrics(ConfigurableListableBeanFactory beanFactory) {
		return new TaskQueueMetrics(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, TaskQueue.class));
	}

}
