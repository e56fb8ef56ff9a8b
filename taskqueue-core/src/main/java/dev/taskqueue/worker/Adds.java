package dev.taskqueue.worker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.taskqueue.wire.Frame;

/**
 * The tasks that this process adds to the application's queues: each waits for its
 * answer, and only so many are under way. Guarded by its own monitor; any thread.
 * <p>
 * An add is not interrupted, here as little as at the queue's own door: whether the task
 * was added would be open.
 */
final class Adds {

	private final Outbox outbox;

	private final int mostBytes;

	private final Set<Long> waiting = new HashSet<>();

	private final Map<Long, Frame.Added> answers = new HashMap<>();

	private long requests;

	private long bytes;

	Adds(Outbox outbox, int mostBytes) {
		this.outbox = outbox;
		this.mostBytes = mostBytes;
	}

	/** Send a request, which gets its number here, and wait for the answer. */
	synchronized Frame.Added send(Frame.Add add) {
		boolean interrupted = false;
		int size = add.payload().length;
		while (this.waiting.size() == Frame.MOST_ADDS
				|| (!this.waiting.isEmpty() && this.bytes + size > this.mostBytes)) {
			interrupted |= pause();
		}
		long number = ++this.requests;
		this.waiting.add(number);
		this.bytes += size;
		this.outbox.send(add.numbered(number));
		while (!this.answers.containsKey(number)) {
			interrupted |= pause();
		}
		this.waiting.remove(number);
		this.bytes -= size;
		notifyAll();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return this.answers.remove(number);
	}

	/** Called by the reading thread. */
	synchronized void answer(Frame.Added added) {
		if (this.waiting.contains(added.request())) {
			this.answers.put(added.request(), added);
			notifyAll();
		}
	}

	@SuppressWarnings("WaitNotInLoop") // whoever calls it looks again
	private boolean pause() {
		try {
			wait();
			return false;
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

}
