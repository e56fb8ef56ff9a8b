package dev.taskqueue.autoconfigure;

import java.time.Duration;

import dev.taskqueue.TaskQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Drains one queue when the application context stops; {@link TaskQueueStart} starts it.
 * Two beans, because one has one phase: a queue is open to all that ends before it, and
 * its workers are not in the way of what starts. One such bean serves one queue; those of
 * one context share a phase, so that they drain side by side.
 * <p>
 * Keeps no state of its own: whether it runs is what the queue says, also where the
 * application started or terminated the queue itself. Thread-safe.
 */
final class TaskQueueLifecycle implements SmartLifecycle {

	/**
	 * Stopped after web server, listeners, executors and schedulers, which may still add
	 * tasks, and before everything that tasks' callbacks may need.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	/** What killing and confirming takes when the drain has used up its time. */
	private static final Duration KILL_TIME = Duration.ofSeconds(2);

	private static final Duration FOREVER = Duration.ofDays(10_000);

	private static final Logger logger = LoggerFactory.getLogger(TaskQueueLifecycle.class);

	private final TaskQueue queue;

	/**
	 * Create the life cycle of a queue.
	 * @param queue the queue, not started
	 */
	TaskQueueLifecycle(TaskQueue queue) {
		this.queue = queue;
	}

	/**
	 * See to it that the context's shutdown waits for a drain: it leaves a phase after a
	 * fixed time, and then closes what the tasks still running may need.
	 * @param processor what runs the context's phases
	 * @param terminateTimeout the longest drain
	 * @param usual the time of other phases, which is never shortened
	 */
	static void extendPhase(DefaultLifecycleProcessor processor, Duration terminateTimeout, Duration usual) {
		Duration needed = shorter(terminateTimeout, FOREVER).plus(KILL_TIME);
		Duration timeout = (needed.compareTo(usual) > 0) ? needed : usual;
		processor.setTimeoutForShutdownPhase(PHASE, timeout.toMillis());
	}

	/** Whether there is something to stop. */
	static boolean isOpen(TaskQueue queue) {
		return switch (queue.snapshot().state()) {
			case CREATED, TERMINATED -> false;
			case RUNNING, PAUSED, TERMINATING -> true;
		};
	}

	/** Too early: see {@link TaskQueueStart}. */
	@Override
	public void start() {
		// Nothing to prepare
	}

	@Override
	public void stop() {
		// Not terminate(): close() also logs how many tasks it cancelled.
		this.queue.close();
	}

	@Override
	public void stop(Runnable callback) {
		Thread thread = new Thread(() -> stopThenRun(callback), "taskqueue-stop");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public boolean isRunning() {
		return isOpen(this.queue);
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private void stopThenRun(Runnable callback) {
		try {
			stop();
		}
		catch (RuntimeException ex) {
			logger.warn("The task queue could not be stopped; the application's shutdown goes on", ex);
		}
		finally {
			callback.run();
		}
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
