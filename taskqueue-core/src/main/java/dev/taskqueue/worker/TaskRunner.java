package dev.taskqueue.worker;

import java.io.IOException;
import java.util.Map;

import dev.taskqueue.TaskContextHolder;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage;

/**
 * Runs tasks, one after the other, on the one thread that belongs to them. Claims each in
 * the shared page before it touches its bytes, and answers with exactly one outcome. Says
 * READY once it has run one that does nothing, so that the first one waits for nothing.
 */
final class TaskRunner implements Runnable {

	/** How long the last words may take before the process leaves without them. */
	private static final long GOODBYE_MILLIS = 1500;

	/** Exit code of a worker whose own code has failed. */
	private static final int BROKEN = 72;

	static final String THREAD_NAME = "task";

	/** A number no task has. */
	static final long NO_TASK = 0;

	private final TaskPage page;

	private final Outbox outbox;

	private final byte[] warmUp;

	private final int maxPayload;

	private final TaskBeans beans;

	private final ClassLoader loader = TaskRunner.class.getClassLoader();

	private final TaskInlet inlet;

	private final TaskOutlet outlet;

	TaskRunner(TaskPage page, TaskInlet inlet, TaskOutlet outlet, Outbox outbox, byte[] warmUp, int maxPayload,
			TaskBeans beans) {
		this.page = page;
		this.inlet = inlet;
		this.outlet = outlet;
		this.outbox = outbox;
		this.warmUp = warmUp;
		this.maxPayload = maxPayload;
		this.beans = beans;
	}

	@Override
	public void run() {
		try {
			outcomeOf(new Frame.Run(NO_TASK, 0, false, 1, 0, Map.of(), this.warmUp));
			this.outbox.send(new Frame.Ready());
			for (Frame.Run run = this.inlet.take(); run != null; run = this.inlet.take()) {
				if (this.page.start(run.slot(), run.task())) {
					serve(run);
				}
			}
			leave();
		}
		catch (Throwable ex) {
			// Without this thread no task would ever end; without the process they do
			ex.printStackTrace();
			Runtime.getRuntime().halt(BROKEN);
		}
	}

	private void serve(Frame.Run run) throws IOException {
		Frame outcome = outcomeOf(run);
		if (outcome instanceof Frame.Failure failure && failure.fatal()) {
			this.inlet.close();
		}
		this.outlet.outcome(outcome, run.slot(), run.task());
	}

	private Frame outcomeOf(Frame.Run run) {
		CurrentTask.begin(run.task());
		TaskContextHolder.set(new WorkerTaskContext(run, this.outbox));
		TaskMdc.begin(run.mdc());
		Thread.currentThread().setContextClassLoader(this.loader);
		Frame outcome = TaskCall.outcomeOf(run, this.loader, this.maxPayload, this.beans);
		cleanUp();
		this.outbox.endProgress();
		return outcome;
	}

	/** What a task leaves behind in its thread must not reach the next one. */
	private static void cleanUp() {
		StandardStreams.flushLines();
		TaskMdc.end();
		TaskContextHolder.set(null);
		Thread.currentThread().setName(THREAD_NAME);
		CurrentTask.end();
	}

	private void leave() {
		StandardStreams.flushLines();
		this.outbox.awaitEmpty(GOODBYE_MILLIS);
		boolean closed = this.beans.close();
		StandardStreams.flushLines();
		this.outbox.send(new Frame.Goodbye());
		this.outbox.awaitEmpty(GOODBYE_MILLIS);
		if (!closed) {
			Runtime.getRuntime().halt(0); // a shutdown hook could wait for the same
		}
		System.exit(0);
	}

}
