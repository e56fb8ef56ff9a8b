package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.ConditionalOnWorker;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of {@link TaskQueueEndpoint} for every {@link TaskQueue} bean, also
 * the application's own.
 */
@AutoConfiguration(after = TaskQueueAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(TaskQueueEndpoint.class)
@ConditionalOnWorker(false)
@ConditionalOnBean(TaskQueue.class)
@EnableConfigurationProperties(TaskQueueEndpointProperties.class)
public final class TaskQueueEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TaskQueueEndpoint taskQueueEndpoint(ConfigurableListableBeanFactory beanFactory,
			TaskQueueEndpointProperties properties) {
		return new TaskQueueEndpoint(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, TaskQueue.class),
				properties.getShowValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(TaskQueueEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	TaskQueueEndpointWebExtension taskQueueEndpointWebExtension(TaskQueueEndpoint endpoint,
			TaskQueueEndpointProperties properties) {
		return new TaskQueueEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

}
