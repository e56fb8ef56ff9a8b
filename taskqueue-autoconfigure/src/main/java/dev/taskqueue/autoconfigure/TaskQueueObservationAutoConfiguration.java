package dev.taskqueue.autoconfigure;

import dev.taskqueue.autoconfigure.observation.ObservedTasks;
import dev.taskqueue.autoconfigure.observation.TaskAddObservationConvention;
import dev.taskqueue.autoconfigure.observation.TaskRunObservationConvention;
import dev.taskqueue.autoconfigure.worker.ConditionalOnWorker;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the observations {@code taskqueue.add} and {@code taskqueue.run}
 * of every configured queue. A queue the application builds itself gets them where it
 * passes the bean {@link ObservedTasks} to its builder.
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnWorker(false)
@ConditionalOnBooleanProperty(name = "taskqueue.enabled", matchIfMissing = true)
public final class TaskQueueObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ObservedTasks taskQueueObserver(ObservationRegistry registry, ObjectProvider<TaskAddObservationConvention> add,
			ObjectProvider<TaskRunObservationConvention> run) {
		return new ObservedTasks(registry, add.getIfAvailable(), run.getIfAvailable());
	}

	/** Before the application's own customizers, which may have another idea. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	TaskQueueCustomizer taskQueueObserverCustomizer(ObservedTasks observer) {
		return (builder) -> builder.observer(observer);
	}

}
