package dev.taskqueue.autoconfigure;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.taskqueue.TaskQueue;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/**
 * Has the engine's classes loaded while the application context is made, by the thread
 * that Spring Boot has for this, so that the context does not wait for them. Builds a
 * queue as the context will, and drops it: a queue that is not started holds nothing.
 */
final class TaskQueueBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		if (System.getProperty("dev.taskqueue.worker") != null) {
			return; // a worker has no workers
		}
		TaskQueue.Builder builder = TaskQueue.builder().name("preinitialized");
		new TaskQueueBuilderConfigurer(new TaskQueueProperties(), List.of(), UnaryOperator.identity())
			.configure(builder);
		builder.build();
	}

}
