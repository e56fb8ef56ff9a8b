package dev.taskqueue.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.Rings;
import dev.taskqueue.wire.TaskPage;

/**
 * A task runner in this process, and the parent's end of what it is given.
 */
final class ParentsEnd implements AutoCloseable {

	final TaskPage page;

	private final Rings rings;

	private final SocketChannel bell;

	private final SocketChannel workersBell;

	private final Thread thread;

	private final FrameWriter writer = new FrameWriter();

	private final FrameReader reader = new FrameReader(64 << 20);

	private final Queue<Frame> received = new ArrayDeque<>();

	ParentsEnd(Path directory, int maxPayload) throws IOException {
		this(directory, maxPayload, new byte[0], new Outbox());
	}

	ParentsEnd(Path directory, int maxPayload, byte[] warmUp, Outbox outbox) throws IOException {
		Path file = directory.resolve("page");
		this.page = TaskPage.create(file);
		this.rings = Rings.ofParent(file);
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(address);
			this.workersBell = SocketChannel.open(address);
			this.bell = server.accept();
		}
		TaskPage workersPage = TaskPage.open(file);
		Rings workersRings = Rings.ofWorker(file);
		Bell workerBell = new Bell(this.workersBell);
		TaskOutlet outlet = new TaskOutlet(workersPage, workersRings, workerBell);
		TaskInlet inlet = new TaskInlet(workersRings, workerBell, outlet);
		this.thread = new Thread(new TaskRunner(workersPage, inlet, outlet, outbox, warmUp, maxPayload, TaskBeans.NONE),
				"task");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	void send(Frame frame) throws IOException {
		this.writer.add(frame);
		while (!this.writer.flush(this.rings.writer())) {
			Thread.onSpinWait();
		}
		if (this.rings.wakesForBytes()) {
			this.bell.write(ByteBuffer.allocate(1));
		}
	}

	/** Wait for the next frame, asleep as the parent sleeps. */
	Frame receive() throws IOException {
		while (this.received.isEmpty()) {
			this.rings.sleepForBytes();
			if (this.reader.read(this.rings.reader(), (frame, bytes) -> this.received.add(frame)) == 0) {
				this.bell.read(ByteBuffer.allocate(64));
			}
			this.rings.awake();
			if (this.rings.wakesForRoom()) {
				this.bell.write(ByteBuffer.allocate(1));
			}
		}
		return this.received.remove();
	}

	/** Wait until the task's thread has nothing to do, and is not about to look. */
	void awaitAsleep() {
		while (Arrays.stream(this.thread.getStackTrace())
			.noneMatch((frame) -> frame.getClassName().equals(Bell.class.getName())
					&& frame.getMethodName().equals("sleep"))) {
			Thread.onSpinWait();
		}
	}

	void interruptTaskThread() {
		this.thread.interrupt();
	}

	@Override
	public void close() throws IOException {
		this.bell.close();
		this.workersBell.close();
	}

}
