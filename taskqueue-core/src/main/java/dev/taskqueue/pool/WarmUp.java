package dev.taskqueue.pool;

import dev.taskqueue.Task;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import org.slf4j.LoggerFactory;

/**
 * A task for every worker to run before it is ready, because what a fresh JVM does for
 * the first time takes it long: some thirty milliseconds for the first object stream, and
 * five for SLF4J. No task is to wait for that; where workers are recycled, another one
 * serves meanwhile. But what no task has needed so far is left out. Safe for use by many
 * threads.
 */
final class WarmUp {

	private static final int LARGEST = 4096;

	private final boolean compact;

	private volatile boolean known;

	private volatile boolean streams;

	private volatile boolean logs;

	/**
	 * Create for tasks of which nothing is known.
	 * @param settings say how the pool serializes tasks
	 */
	WarmUp(PoolSettings settings) {
		this.compact = settings.hasOwnClasses();
	}

	/** A task is sent. */
	void sent(byte[] payload) {
		if (!this.streams && !Payloads.isPlain(payload)) {
			this.streams = true;
		}
		if (!this.known) {
			this.known = true;
		}
	}

	/** A task has logged something. */
	void logged() {
		this.logs = true;
	}

	/** The task for a worker that is launched now. */
	byte[] payload() {
		boolean all = !this.known;
		Plain plain = new Plain(all || this.logs);
		return bytes((all || this.streams) ? new Stream(plain) : plain);
	}

	/** One that needs no stream. */
	static Task plain() {
		return new Plain(false);
	}

	private byte[] bytes(Task task) {
		try {
			return Payloads.write(task, LARGEST, this.compact);
		}
		catch (PayloadException ex) {
			throw new IllegalStateException(ex); // they can be written
		}
	}

	private record Plain(boolean logs) implements Task {

		@Override
		public void run() {
			if (this.logs) {
				LoggerFactory.getLogger("dev.taskqueue.worker");
			}
		}

	}

	private record Stream(Plain plain) implements Task {

		@Override
		public void run() {
			this.plain.run();
		}

	}

}
