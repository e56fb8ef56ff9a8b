package dev.taskqueue.launch;

import java.io.IOException;
import java.util.List;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerOptions;

/**
 * The application without Spring Boot.
 */
public final class PlainApplication {

	private PlainApplication() {
	}

	public static void main(String[] arguments) throws IOException {
		Conversation conversation = new Conversation();
		String log = System.getProperty("fixture.load-log");
		List<String> jvmArguments = (log != null) ? List.of("-Xlog:class+load:file=" + log + "/load-%p.log")
				: List.of();
		String prefix = System.getProperty("fixture.command-prefix");
		try (TaskQueue queue = TaskQueue.builder()
			.workerCount(1)
			.worker(WorkerOptions.defaults()
				.withMaxHeap(64L << 20)
				.withJvmArgs(jvmArguments)
				.withCommandPrefix((prefix != null) ? List.of(prefix) : List.of()))
			.listener(conversation)
			.start()) {
			conversation.hold(queue, arguments);
		}
	}

}
