package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.ConditionalOnWorker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the queues under {@code taskqueue.queues}, each a bean of its
 * name: {@code @Qualifier("mail")} injects one, {@code Map<String, TaskQueue>} all.
 * <p>
 * They are there also beside a {@link TaskQueue} bean of the application's own. Where
 * there is none at all they are not: the only candidate is injected wherever a
 * {@link TaskQueue} is asked for, fallback or not.
 */
@AutoConfiguration(after = TaskQueueAutoConfiguration.class)
@ConditionalOnWorker(false)
@ConditionalOnBooleanProperty(name = "taskqueue.enabled", matchIfMissing = true)
@ConditionalOnBean({ TaskQueue.class, TaskQueueFactory.class })
@Import(NamedTaskQueuesRegistrar.class)
public final class NamedTaskQueuesAutoConfiguration {

}
