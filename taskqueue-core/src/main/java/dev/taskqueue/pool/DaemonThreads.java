package dev.taskqueue.pool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Executors for what must not happen on the supervisor's thread. Their threads are
 * daemons, and end a moment after their last work: nobody has to shut them down.
 */
final class DaemonThreads {

	/** Long enough for work that comes in a row, short enough to be gone soon. */
	private static final long KEEP_ALIVE_MILLIS = 200;

	private DaemonThreads() {
	}

	/** One thread: what is given to it happens in order. */
	static ThreadPoolExecutor single(String name) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), factory(name));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/** A thread for everything that is given to it, at once. */
	static ExecutorService unbounded(String name) {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS,
				new SynchronousQueue<>(), factory(name));
	}

	private static ThreadFactory factory(String name) {
		return (work) -> create(name, work);
	}

	static Thread create(String name, Runnable work) {
		Thread thread = new Thread(null, work, name, 0, false);
		thread.setDaemon(true);
		return thread;
	}

}
