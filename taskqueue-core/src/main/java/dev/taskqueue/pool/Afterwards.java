package dev.taskqueue.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * User code that must not run under a lock: it waits until the lock is released, and then
 * runs in whichever thread comes first, in order, one at a time. Thread-safe.
 */
final class Afterwards implements Executor {

	private final Object lock;

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	/** Held by the thread whose turn it is; nobody waits for it. */
	private final ReentrantLock turn = new ReentrantLock();

	Afterwards(Object lock) {
		this.lock = lock;
	}

	@Override
	public void execute(Runnable work) {
		this.waiting.add(work);
		run();
	}

	/** Do what waits, unless this thread holds the lock or somebody is at it. */
	void run() {
		while (!this.waiting.isEmpty() && !Thread.holdsLock(this.lock) && !this.turn.isHeldByCurrentThread()
				&& this.turn.tryLock()) {
			try {
				Runnable next = this.waiting.poll();
				if (next != null) {
					next.run();
				}
			}
			finally {
				this.turn.unlock();
			}
		}
	}

}
