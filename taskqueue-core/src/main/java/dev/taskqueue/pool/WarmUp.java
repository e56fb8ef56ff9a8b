package dev.taskqueue.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.taskqueue.Task;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import org.slf4j.LoggerFactory;

/**
 * A task for every worker to run before it is ready, because what a fresh JVM does for
 * the first time takes it long: some thirty milliseconds for the first object stream,
 * five for SLF4J, one for the class of a task. No task is to wait for that; where workers
 * are recycled, another one serves meanwhile. But what no task has needed so far is left
 * out. Safe for use by many threads.
 */
final class WarmUp {

	/** For names of classes: none is longer than a class file allows. */
	private static final int LARGEST = 2 << 20;

	/** No name of a class has it. */
	private static final String SEPARATOR = ";";

	/** Of the kinds of tasks a pool has, those that a worker prepares for. */
	static final int MOST_RECORDS = 16;

	private final boolean compact;

	/** Classes of tasks that need no stream. */
	private final Set<Class<?>> records = ConcurrentHashMap.newKeySet();

	private volatile boolean known;

	/** Whether a task was one. */
	private volatile boolean streams;

	/** Whether a result was one. */
	private volatile boolean resultStreams;

	private volatile boolean logs;

	/**
	 * Create for tasks of which nothing is known.
	 * @param settings say how the pool serializes tasks
	 */
	WarmUp(PoolSettings settings) {
		this.compact = settings.hasOwnClasses();
	}

	/**
	 * A task is sent.
	 * @param payload its bytes
	 * @param type its class, or another one that is no record where it is not known
	 */
	void sent(byte[] payload, Class<?> type) {
		if (!Payloads.needsStream(payload)) {
			if (!this.records.contains(type) && this.records.size() < MOST_RECORDS && type.isRecord()) {
				this.records.add(type);
			}
		}
		else if (!this.streams) {
			this.streams = true;
		}
		if (!this.known) {
			this.known = true;
		}
	}

	/**
	 * A task has returned.
	 * @param payload the bytes of its result
	 */
	void returned(byte[] payload) {
		if (!this.resultStreams && Payloads.needsStream(payload)) {
			this.resultStreams = true;
		}
	}

	/** A task has logged something. */
	void logged() {
		this.logs = true;
	}

	/** The task for a worker that is launched now. */
	byte[] payload() {
		boolean all = !this.known;
		String names = this.records.stream().map(Class::getName).sorted().collect(Collectors.joining(SEPARATOR));
		Plain plain = new Plain(all || this.logs, this.resultStreams, names);
		return bytes((all || this.streams) ? new Stream(plain) : plain);
	}

	/** One that needs no stream. */
	static Task plain() {
		return new Plain(false, false, "");
	}

	private byte[] bytes(Task task) {
		try {
			return Payloads.write(task, LARGEST, this.compact);
		}
		catch (PayloadException ex) {
			throw new IllegalStateException(ex); // they can be written
		}
	}

	private record Plain(boolean logs, boolean writes, String records) implements Task {

		@Override
		public void run() throws PayloadException {
			if (this.writes) {
				Payloads.write(this, LARGEST);
			}
			if (this.logs) {
				LoggerFactory.getLogger("dev.taskqueue.worker");
			}
			if (!this.records.isEmpty()) {
				for (String name : this.records.split(SEPARATOR, -1)) {
					Payloads.prepare(name, Plain.class.getClassLoader());
				}
			}
		}

	}

	private record Stream(Plain plain) implements Task {

		@Override
		public void run() throws PayloadException {
			this.plain.run();
		}

	}

}
