package dev.taskqueue.pool;

import dev.taskqueue.QueueStartException;
import dev.taskqueue.QueueStartException.Reason;

/**
 * A program that GraalVM has compiled to native code. It cannot have workers.
 */
final class NativeImage {

	/** GraalVM's documented property; {@code buildtime} while it compiles. */
	private static final String PROPERTY = "org.graalvm.nativeimage.imagecode";

	private NativeImage() {
	}

	/**
	 * Refuse to start a queue in one.
	 * @param queue the queue's name
	 * @throws QueueStartException if this is one
	 */
	static void refuse(String queue) {
		if ("runtime".equals(System.getProperty(PROPERTY))) {
			throw new QueueStartException(Reason.PLATFORM,
					"Queue '%s' cannot be started: this application is a native image, which has neither the java command nor the classes that worker processes need."
						.formatted(queue),
					"Run the application on a JVM, or set taskqueue.mode=inline to run tasks in the threads that add them.",
					null);
		}
	}

}
