package dev.taskqueue.worker;

import org.jspecify.annotations.Nullable;

/**
 * Which task this process runs, and on which thread. Threads that a task has started
 * count for the task that runs when they speak, which is the same one unless they outlive
 * it. Changed under the class's lock, so that what is meant for a task never reaches the
 * next one.
 */
final class CurrentTask {

	private static volatile long id;

	private static @Nullable Thread thread;

	private CurrentTask() {
	}

	/** The calling thread begins a task. */
	static synchronized void begin(long task) {
		id = task;
		thread = Thread.currentThread();
	}

	/** The task has ended; an interrupt of its thread was meant for it. */
	static synchronized void end() {
		id = 0;
		thread = null;
		Thread.interrupted();
	}

	/** The task, 0 for none. */
	static long id() {
		return id;
	}

	/** Interrupt a task, unless it has ended. */
	static synchronized void interrupt(long task) {
		if (id == task && thread != null) {
			thread.interrupt();
		}
	}

	/**
	 * Where a task is.
	 * @return the stack of its thread; {@code null} if it has ended
	 */
	static @Nullable String stack(long task) {
		Thread running;
		synchronized (CurrentTask.class) {
			running = (id == task) ? thread : null;
		}
		// Not under the lock: a thread that cannot be stopped would hold up its own end
		return (running != null) ? text(running) : null;
	}

	static String text(Thread running) {
		StringBuilder text = new StringBuilder().append('"')
			.append(running.getName())
			.append("\" ")
			.append(running.getState());
		for (StackTraceElement element : running.getStackTrace()) {
			text.append(System.lineSeparator()).append("\tat ").append(element);
		}
		return Failures.cut(text.toString());
	}

}
