package dev.taskqueue.worker;

import dev.taskqueue.WorkerContextException;
import dev.taskqueue.wire.Frame;
import org.slf4j.event.EventConstants;

/**
 * What the tasks' thread does first where there is a context: starts it, and goes on with
 * tasks; or says why not, and ends the process.
 */
final class ContextStart implements Runnable {

	/** A name of its own: some frameworks look for a thread called main. */
	static final String THREAD_NAME = "taskqueue-context";

	/** How long the reason may take to reach the parent. */
	private static final long LAST_WORDS_MILLIS = 1500;

	private final ContextHost context;

	private final Outbox outbox;

	private final TaskRunner runner;

	ContextStart(ContextHost context, Outbox outbox, TaskRunner runner) {
		this.context = context;
		this.outbox = outbox;
		this.runner = runner;
	}

	@Override
	public void run() {
		CurrentTask.begin(TaskRunner.NO_TASK);
		try {
			this.context.start();
		}
		catch (Throwable ex) {
			fail(ex);
		}
		CurrentTask.end();
		StandardStreams.flushLines();
		Thread.currentThread().setName(TaskRunner.THREAD_NAME);
		this.runner.run();
	}

	private void fail(Throwable ex) {
		String text = Failures.render(ex);
		if (ex instanceof WorkerContextException && ex.getMessage() != null) {
			text = Failures.cut(ex.getMessage());
			if (LogForwarder.levelOfLogger(ContextHost.LOGGER) <= EventConstants.DEBUG_INT) {
				LogForwarder.forward(ContextHost.LOGGER, EventConstants.DEBUG_INT, "The worker's context", ex);
			}
		}
		StandardStreams.flushLines();
		this.outbox.send(new Frame.CannotStart(text));
		this.outbox.awaitEmpty(LAST_WORDS_MILLIS);
		Runtime.getRuntime().halt(WorkerMain.CANNOT_START);
	}

}
