package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameReader.FrameSink;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.Rings;
import dev.taskqueue.wire.TaskPage;
import org.jspecify.annotations.Nullable;

/**
 * The parent's end of one worker: its channel, its bell, its page and rings, its process.
 * Channels and rings belong to the supervisor; the process thread sets page and process
 * before the worker can say anything.
 */
final class WorkerLink {

	final int id;

	/** Proves the process that connects to be the one that was launched. */
	final byte[] secret;

	/** What it wrote to its standard error, raw and by way of System.err. */
	final LastLines errors = new LastLines();

	/** Bytes of LOG frames dealt with and not yet credited to the worker. */
	final AtomicInteger uncredited = new AtomicInteger();

	/** Bytes of LOG frames received and not credited again. For the supervisor. */
	long logged;

	/** Tasks it has asked to add, without an answer yet. For the supervisor. */
	int adds;

	/** Bytes of those tasks. For the supervisor. */
	long addBytes;

	/** Of the processors, where it was launched ahead of its need. */
	final @Nullable ProcessorShare share;

	/** Whether it has been ready for tasks. For the supervisor. */
	boolean wasReady;

	/** What it said of its start, before it was ready. For the supervisor. */
	@Nullable String startReport;

	/** Its process id, -1 until it is known. For log lines. */
	volatile long pid = -1;

	/** The task it runs, 0 for none. For lines that do not say themselves. */
	volatile long currentTask;

	/** The log levels its process was started with. */
	volatile Map<String, String> levels = Map.of();

	private volatile @Nullable TaskPage page;

	private volatile @Nullable Rings rings;

	/** Guarded by this. */
	private @Nullable ProcessTree process;

	/** Guarded by this: killed before the process was there. */
	private boolean killed;

	private final FrameWriter writer = new FrameWriter();

	private @Nullable FrameReader reader;

	private @Nullable SocketChannel channel;

	private @Nullable SelectionKey key;

	/** Tasks on their way into the ring, and outcomes on their way out of it. */
	private final FrameWriter tasks = new FrameWriter();

	private @Nullable FrameReader outcomes;

	private @Nullable SocketChannel bell;

	private final ByteBuffer strokes = ByteBuffer.allocate(64);

	WorkerLink(int id, byte[] secret, boolean ahead) {
		this.id = id;
		this.secret = secret;
		this.share = ahead ? new ProcessorShare() : null;
	}

	// For the process thread

	void page(TaskPage page, Rings rings) {
		this.page = page;
		this.rings = rings;
	}

	synchronized void started(ProcessTree process) {
		this.process = process;
		this.pid = process.pid();
		if (this.killed) {
			process.kill();
		}
	}

	/** May block; for any thread but the supervisor. */
	synchronized void kill() {
		this.killed = true;
		if (this.process != null) {
			this.process.kill();
		}
	}

	// For the supervisor

	TaskPage page() {
		TaskPage known = this.page;
		if (known == null) {
			throw new IllegalStateException("worker #" + this.id + " has no page yet");
		}
		return known;
	}

	/** Whether the worker has connected, even if the channel has ended since. */
	boolean isAttached() {
		return this.reader != null;
	}

	void attach(SocketChannel channel, SelectionKey key, FrameReader reader, int maxPayload) {
		this.channel = channel;
		this.key = key;
		this.reader = reader;
		this.outcomes = new FrameReader(maxPayload);
		key.attach(this);
	}

	boolean hasBell() {
		return this.bell != null;
	}

	/** The worker's second connection. What was sent before it woke nobody. */
	void attachBell(SocketChannel channel) throws IOException {
		this.bell = channel;
		ring();
	}

	void send(Frame frame) {
		if (this.channel != null) {
			this.writer.add(frame);
		}
	}

	/** Read once. As {@link FrameReader#read}; -1 also if there is no channel. */
	int read(FrameSink sink) throws IOException {
		return (this.channel != null && this.reader != null) ? this.reader.read(this.channel, sink) : -1;
	}

	/**
	 * Have a task written to the ring, with the next {@link #flushTasks}.
	 * @return whether it is the first one
	 */
	boolean sendTask(Frame.Run run) {
		boolean first = this.tasks.isEmpty();
		this.tasks.add(run);
		return first;
	}

	/** They are broken: nothing in them counts any more. */
	void forgetRings() {
		this.rings = null;
	}

	/**
	 * Write to the ring what it takes, and wake the worker for it.
	 * @return whether that was all
	 */
	boolean flushTasks() throws IOException {
		Rings shared = this.rings;
		if (shared == null || this.tasks.isEmpty()) {
			return true;
		}
		boolean done = this.tasks.flush(shared.writer());
		if (shared.wakesForBytes()) {
			ring();
		}
		return done;
	}

	/** Read once from the ring. As {@link FrameReader#read}; 0 also if there is none. */
	int readOutcomes(FrameSink sink) throws IOException {
		Rings shared = this.rings;
		if (shared == null || this.outcomes == null || shared.reader().isEmpty()) {
			return 0;
		}
		int count = this.outcomes.read(shared.reader(), sink);
		if (shared.wakesForRoom()) {
			ring();
		}
		return count;
	}

	/**
	 * The supervisor is about to sleep.
	 * @return whether it must not: there is something to read, or room to write what is
	 * left
	 */
	boolean dozes() throws IOException {
		Rings shared = this.rings;
		if (shared == null || this.bell == null) {
			return false;
		}
		shared.sleepForBytes();
		return !shared.reader().isEmpty() || (!this.tasks.isEmpty() && shared.writer().room() > 0);
	}

	/** The supervisor is awake. */
	void wakes() {
		Rings shared = this.rings;
		if (shared != null) {
			shared.awake();
		}
	}

	/** The worker has rung. What counts is in the ring; false at the end. */
	boolean hearBell() throws IOException {
		return this.bell == null || this.bell.read(this.strokes.clear()) >= 0;
	}

	/** Where nothing more fits in, the worker has enough to wake up from. */
	private void ring() throws IOException {
		if (this.bell != null) {
			this.bell.write(this.strokes.clear().limit(1));
		}
	}

	/** Write what the channel takes, and ask to be told when it takes the rest. */
	void flush() throws IOException {
		if (this.channel != null && this.key != null && !this.writer.isEmpty()) {
			boolean done = this.writer.flush(this.channel);
			this.key.interestOps(done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
		}
	}

	void close() {
		close(this.channel);
		close(this.bell);
		this.channel = null;
		this.bell = null;
	}

	private static void close(@Nullable SocketChannel open) {
		try {
			if (open != null) {
				open.close();
			}
		}
		catch (IOException ex) {
			// Closed as far as it can be
		}
	}

}
