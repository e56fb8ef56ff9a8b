package dev.taskqueue.pool;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.taskqueue.wire.LineSplitter;

/**
 * Reads what a worker's process writes to its raw standard output or error (native code,
 * child processes, the JVM itself) and hands it on as lines. A slow log makes it stop
 * reading, and so slows the writer; nothing is lost. Runs on a thread of its own.
 */
final class StreamPump implements Runnable {

	private static final int LINES_UNDER_WAY = 256;

	private final WorkerLink worker;

	private final InputStream in;

	private final boolean error;

	private final LogRelay relay;

	private final Semaphore permits = new Semaphore(LINES_UNDER_WAY);

	private final LastLines tail = new LastLines();

	StreamPump(WorkerLink worker, InputStream in, boolean error, LogRelay relay) {
		this.worker = worker;
		this.in = in;
		this.error = error;
		this.relay = relay;
	}

	@Override
	public void run() {
		LineSplitter splitter = new LineSplitter(this::line);
		byte[] buffer = new byte[16 << 10];
		try {
			for (int count = this.in.read(buffer); count >= 0; count = this.in.read(buffer)) {
				splitter.write(buffer, 0, count);
			}
		}
		catch (IOException ex) {
			// The process has ended; what it wrote before was read
		}
		splitter.flush();
	}

	/**
	 * The last lines that came through, oldest first.
	 * @return a copy
	 */
	List<String> tail() {
		return this.tail.copy();
	}

	private void line(String text) {
		this.tail.add(text);
		if (this.error) {
			this.worker.errors.add(text);
		}
		this.permits.acquireUninterruptibly();
		this.relay.line(this.worker, this.error, text, this.permits::release);
	}

}
