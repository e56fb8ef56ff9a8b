package dev.taskqueue.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;

import dev.taskqueue.CallableTask;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.Task;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.Payloads;
import dev.taskqueue.wire.Rings;
import dev.taskqueue.wire.TaskPage;
import dev.taskqueue.wire.WireException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What is said to a worker that only lives so that its JVM sees what workers do: it
 * boots, with a context if workers have one, and runs tasks of each kind. Blocks; ends
 * when the worker closes the channel.
 */
final class Rehearsal implements FrameReader.FrameSink {

	private static final int LARGEST = 4096;

	private static final int SLOT = 0;

	private final Frame.Boot boot;

	private final TaskPage page;

	private final Rings rings;

	private final List<Task> tasks;

	private final boolean ownClasses;

	private final FrameWriter writer = new FrameWriter();

	private @Nullable SocketChannel connected;

	private long sent;

	private boolean ready;

	private boolean done;

	/**
	 * Create one.
	 * @param boot what the worker is told first
	 * @param page its page
	 * @param rings its rings
	 * @param tasks what it has to run, besides two lambdas
	 * @param ownClasses whether it has the classes of this JVM
	 */
	Rehearsal(Frame.Boot boot, TaskPage page, Rings rings, List<Task> tasks, boolean ownClasses) {
		this.boot = boot;
		this.page = page;
		this.rings = rings;
		this.tasks = tasks;
		this.ownClasses = ownClasses;
	}

	void hold(OutputStream stdin, ServerSocketChannel server) throws IOException {
		try (stdin; WritableByteChannel input = Channels.newChannel(stdin)) {
			say(input, this.boot);
		}
		try (SocketChannel channel = server.accept(); SocketChannel bell = server.accept()) {
			this.connected = channel;
			FrameReader reader = new FrameReader(this.boot.maxPayload());
			while (!this.ready && reader.read(channel, this) >= 0) {
				// Until it is ready, or gone
			}
			if (this.ready && run(bell)) {
				say(channel, new Frame.Stop());
			}
			while (reader.read(channel, this) >= 0) {
				// Until it is gone
			}
		}
	}

	/** Have it run the tasks. */
	private boolean run(SocketChannel bell) throws IOException {
		Note note = new Note("Rehearsed");
		boolean well = run(lambda(note), true, bell) && run(listing(note), true, bell);
		for (Task task : this.tasks) {
			well = well && run(task, false, bell);
		}
		return well;
	}

	private boolean run(Object task, boolean callable, SocketChannel bell) throws IOException {
		this.done = false;
		long number = ++this.sent;
		this.page.sent(SLOT, number);
		byte[] payload = Payloads.write(task, LARGEST, this.ownClasses);
		this.writer.add(new Frame.Run(number, SLOT, callable, 1, 0, Map.of(), payload));
		this.writer.flush(this.rings.writer());
		FrameReader outcomes = new FrameReader(this.boot.maxPayload());
		ByteBuffer stroke = ByteBuffer.allocate(64);
		bell.write(stroke.clear().limit(1));
		do {
			this.rings.sleepForBytes();
			outcomes.read(this.rings.reader(), this);
		}
		while (!this.done && bell.read(stroke.clear()) >= 0);
		return this.done;
	}

	@Override
	public void accept(Frame frame, int bytes) throws IOException {
		if (frame instanceof Frame.Ready) {
			this.ready = true;
		}
		else if (frame instanceof Frame.Result) {
			this.done = true;
		}
		else if (frame instanceof Frame.Log) {
			answer(new Frame.Credit(bytes)); // a context may have much to say
		}
		else if (frame instanceof Frame.Add add) {
			answer(new Frame.Added(add.request(), 0, QueueClosedException.class.getName(), "A rehearsal"));
		}
		else if (frame instanceof Frame.Failure || frame instanceof Frame.CannotStart) {
			throw new WireException("a worker that is to do nothing has failed");
		}
	}

	private void answer(Frame frame) throws IOException {
		if (this.connected != null) {
			say(this.connected, frame);
		}
	}

	private void say(WritableByteChannel to, Frame frame) throws IOException {
		this.writer.add(frame);
		this.writer.flush(to);
	}

	/**
	 * A lambda with a record, which logs, as most do, at a level nobody has switched on.
	 */
	private static CallableTask<Note> lambda(Note note) {
		return () -> {
			LoggerFactory.getLogger("dev.taskqueue.worker").trace(note.text());
			return note;
		};
	}

	/** A lambda whose result takes an object stream. */
	private static CallableTask<List<Note>> listing(Note note) {
		return () -> List.of(note);
	}

	/**
	 * What the lambdas have with them.
	 *
	 * @param text some text
	 */
	private record Note(String text) implements Serializable {

	}

}
