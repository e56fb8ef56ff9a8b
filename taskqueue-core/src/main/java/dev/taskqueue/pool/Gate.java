package dev.taskqueue.pool;

import java.util.concurrent.atomic.AtomicLong;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;

/**
 * The door every task passes, in its caller's thread: closed or open, how many wait, the
 * next id. The only mutable state of the pool that the supervisor does not own alone; all
 * of it is atomic.
 */
final class Gate {

	private static final long CLOSED = Long.MIN_VALUE;

	private final String queue;

	private final int capacity;

	/** Tasks that wait; the sign bit says closed, so that both are tested at once. */
	private final AtomicLong waiting = new AtomicLong();

	private final AtomicLong length = new AtomicLong();

	private final AtomicLong processed = new AtomicLong();

	private final AtomicLong ids = new AtomicLong();

	Gate(String queue, int capacity) {
		this.queue = queue;
		this.capacity = capacity;
	}

	/**
	 * Admit one task.
	 * @return its id
	 */
	long enter() {
		while (true) {
			long count = this.waiting.get();
			if (count < 0) {
				throw closed();
			}
			if (this.capacity > 0 && count >= this.capacity) {
				throw new QueueFullException("Queue '%s' is full: %d tasks wait, which is its capacity; add later, "
					.formatted(this.queue, count) + "raise taskqueue.capacity or taskqueue.worker-count");
			}
			if (this.waiting.compareAndSet(count, count + 1)) {
				this.length.incrementAndGet();
				return this.ids.incrementAndGet();
			}
		}
	}

	/** Take back {@link #enter}: the task could not be handed on. */
	void retreat() {
		this.length.decrementAndGet();
		this.waiting.decrementAndGet();
	}

	/** Refuse early what {@link #enter} would refuse, before work is spent on it. */
	void checkOpen() {
		if (this.waiting.get() < 0) {
			throw closed();
		}
	}

	void close() {
		this.waiting.getAndUpdate((count) -> count | CLOSED);
	}

	void open() {
		this.waiting.getAndUpdate((count) -> count & ~CLOSED);
	}

	/** A task waits no longer: it runs, or it ended without running. */
	void leaveWaiting() {
		this.waiting.decrementAndGet();
	}

	/** A task waits again. */
	void waitAgain() {
		this.waiting.incrementAndGet();
	}

	/** A task has reached its final state. Called before its handle says so. */
	void finished() {
		this.length.decrementAndGet();
		this.processed.incrementAndGet();
	}

	/** Whether no task is admitted and unfinished, also not one on its way in. */
	boolean isDrained() {
		return (this.waiting.get() & ~CLOSED) == 0 && this.length.get() == 0;
	}

	long length() {
		return this.length.get();
	}

	long processed() {
		return this.processed.get();
	}

	private QueueClosedException closed() {
		return new QueueClosedException(
				"Queue '%s' is terminated and takes no tasks; start() opens it again".formatted(this.queue));
	}

}
