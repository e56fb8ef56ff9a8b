package dev.taskqueue.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

import dev.taskqueue.CallableTask;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.Payloads;
import dev.taskqueue.wire.TaskPage;
import dev.taskqueue.wire.WireException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What is said to a worker that only lives so that its JVM sees what workers do: it
 * boots, with a context if workers have one, and runs one task. Blocks; ends when the
 * worker closes the channel.
 */
final class Rehearsal implements FrameReader.FrameSink {

	private static final long TASK = 1;

	private static final int SLOT = 0;

	private final Frame.Boot boot;

	private final TaskPage page;

	private final FrameWriter writer = new FrameWriter();

	private @Nullable SocketChannel channel;

	Rehearsal(Frame.Boot boot, TaskPage page) {
		this.boot = boot;
		this.page = page;
	}

	void hold(OutputStream stdin, ServerSocketChannel server) throws IOException {
		try (stdin; WritableByteChannel input = Channels.newChannel(stdin)) {
			say(input, this.boot);
		}
		try (SocketChannel connected = server.accept()) {
			this.channel = connected;
			FrameReader reader = new FrameReader(this.boot.maxPayload());
			while (reader.read(connected, this) >= 0) {
				// accept() answers
			}
		}
	}

	@Override
	public void accept(Frame frame, int bytes) throws IOException {
		SocketChannel connected = this.channel;
		if (connected == null) {
			throw new IllegalStateException("a frame without a channel");
		}
		if (frame instanceof Frame.Ready) {
			this.page.sent(SLOT, TASK);
			say(connected, new Frame.Run(TASK, SLOT, true, 1, 0, Map.of(), Payloads.write(new Lines(), 4096)));
		}
		else if (frame instanceof Frame.Result) {
			say(connected, new Frame.Stop());
		}
		else if (frame instanceof Frame.Log) {
			say(connected, new Frame.Credit(bytes)); // a context may have much to say
		}
		else if (frame instanceof Frame.Add add) {
			say(connected, new Frame.Added(add.request(), 0, QueueClosedException.class.getName(), "A rehearsal"));
		}
		else if (frame instanceof Frame.Failure || frame instanceof Frame.CannotStart) {
			throw new WireException("a worker that is to do nothing has failed");
		}
	}

	private void say(WritableByteChannel to, Frame frame) throws IOException {
		this.writer.add(frame);
		this.writer.flush(to);
	}

	/** The task: logs, as most do, at a level nobody has switched on. */
	private record Lines() implements CallableTask<String> {

		@Override
		public String call() {
			LoggerFactory.getLogger("dev.taskqueue.worker").trace("Rehearsed");
			return "done";
		}

	}

}
