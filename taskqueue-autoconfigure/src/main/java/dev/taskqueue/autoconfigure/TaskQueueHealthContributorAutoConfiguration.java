package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.ConditionalOnWorker;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health component {@code taskqueue}, with one component for
 * every {@link TaskQueue} bean, also the application's own.
 */
@AutoConfiguration(after = TaskQueueAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("taskqueue")
@ConditionalOnWorker(false)
@ConditionalOnBean(TaskQueue.class)
public final class TaskQueueHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "taskqueueHealthContributor")
	CompositeHealthContributor taskqueueHealthContributor(ConfigurableListableBeanFactory beanFactory) {
		return CompositeHealthContributor.fromMap(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, TaskQueue.class),
				TaskQueueHealthIndicator::new);
	}

}
