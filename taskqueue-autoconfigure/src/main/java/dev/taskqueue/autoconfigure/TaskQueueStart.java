package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;

import org.springframework.context.SmartLifecycle;

/**
 * Starts one queue with the application context, last of what Spring Boot starts: so many
 * JVMs at once would slow the start of the application itself. Tasks that were added
 * before have waited. A later start, after a {@link TaskQueueLifecycle stop}, opens the
 * queue again.
 * <p>
 * Keeps no state of its own. Thread-safe.
 */
final class TaskQueueStart implements SmartLifecycle {

	/**
	 * After the web server, and before what listens for messages, which may want to run
	 * tasks at once.
	 */
	static final int PHASE = DEFAULT_PHASE - 512;

	private final TaskQueue queue;

	private final boolean autoStartup;

	/**
	 * Create the start of a queue.
	 * @param queue the queue, not started
	 * @param autoStartup whether to start it with the context
	 */
	TaskQueueStart(TaskQueue queue, boolean autoStartup) {
		this.queue = queue;
		this.autoStartup = autoStartup;
	}

	@Override
	public void start() {
		this.queue.start();
	}

	/** Too early: what still runs may add tasks. */
	@Override
	public void stop() {
		// TaskQueueLifecycle does
	}

	@Override
	public boolean isRunning() {
		return TaskQueueLifecycle.isOpen(this.queue);
	}

	@Override
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
