package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameReader.FrameSink;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.TaskPage;
import org.jspecify.annotations.Nullable;

/**
 * The parent's end of one worker: its channel, its page, its process. The channel belongs
 * to the supervisor; the process thread sets page and process before the worker can say
 * anything.
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

	/** Guarded by this. */
	private @Nullable ProcessTree process;

	/** Guarded by this: killed before the process was there. */
	private boolean killed;

	private final FrameWriter writer = new FrameWriter();

	private @Nullable FrameReader reader;

	private @Nullable SocketChannel channel;

	private @Nullable SelectionKey key;

	WorkerLink(int id, byte[] secret) {
		this.id = id;
		this.secret = secret;
	}

	// For the process thread

	void page(TaskPage page) {
		this.page = page;
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

	void attach(SocketChannel channel, SelectionKey key, FrameReader reader) {
		this.channel = channel;
		this.key = key;
		this.reader = reader;
		key.attach(this);
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

	/** Write what the channel takes, and ask to be told when it takes the rest. */
	void flush() throws IOException {
		if (this.channel != null && this.key != null && !this.writer.isEmpty()) {
			boolean done = this.writer.flush(this.channel);
			this.key.interestOps(done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
		}
	}

	void close() {
		SocketChannel open = this.channel;
		this.channel = null;
		if (open != null) {
			try {
				open.close();
			}
			catch (IOException ex) {
				// Closed as far as it can be
			}
		}
	}

}
