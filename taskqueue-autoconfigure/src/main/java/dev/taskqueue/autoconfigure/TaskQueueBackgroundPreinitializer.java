package dev.taskqueue.autoconfigure;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.queued.QueueAccess;
import dev.taskqueue.autoconfigure.queued.QueuedBeanPostProcessor;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.util.ClassUtils;

/**
 * Has classes loaded while the application context is made, by the thread that Spring
 * Boot has for this, so that the context does not wait for them. Does in small what the
 * context will do, and drops what comes of it: a queue that is not started holds nothing.
 */
final class TaskQueueBackgroundPreinitializer implements BackgroundPreinitializer {

	private static final String NAME = "preinitialized";

	@Override
	public void preinitialize() throws IOException {
		if (System.getProperty("dev.taskqueue.worker") != null) {
			return; // a worker has no workers
		}
		TaskQueue.Builder builder = TaskQueue.builder().name(NAME);
		new TaskQueueBuilderConfigurer(new TaskQueueProperties(), List.of(), UnaryOperator.identity())
			.configure(builder);
		TaskQueue queue = builder.build();
		lookForQueuedMethods();
		openSocket();
		if (ClassUtils.isPresent("io.micrometer.core.instrument.simple.SimpleMeterRegistry", null)) {
			TaskQueueMetrics.loadAhead(NAME, queue);
		}
	}

	/** The JDK makes a random generator for it, which is most of what that takes. */
	private static void openSocket() throws IOException {
		ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
	}

	private void lookForQueuedMethods() {
		DefaultListableBeanFactory none = new DefaultListableBeanFactory();
		new QueuedBeanPostProcessor(none, new QueueAccess(none, (queue) -> false), true)
			.postProcessAfterInitialization(this, NAME);
	}

}
