package dev.taskqueue.autoconfigure.worker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of a worker's context: each of the application's queues, under its
 * name, as a queue whose {@code add} goes to the application. Nothing else of TaskQueue
 * is there.
 */
@AutoConfiguration
@ConditionalOnWorker
@Import(WorkerTaskQueuesRegistrar.class)
public final class WorkerTaskQueuesAutoConfiguration {

}
