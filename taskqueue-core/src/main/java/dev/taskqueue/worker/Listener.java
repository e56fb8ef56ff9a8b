package dev.taskqueue.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the parent sends, on the main thread, and ends the process when the parent
 * is gone.
 * <p>
 * A JVM that exits waits 300 ms for threads that are inside a system call. So before this
 * process leaves by itself, the thread is called back from its read and waits in Java.
 */
final class Listener implements FrameReader.FrameSink {

	/** Exit code of a worker whose parent is gone; nobody is there to read it. */
	private static final int ORPHANED = 71;

	private static final long LOOK_MILLIS = 250;

	private final SocketChannel channel;

	private final TaskInlet inlet;

	private final Outbox outbox;

	private final @Nullable Adds adds;

	private volatile boolean leaving;

	Listener(SocketChannel channel, TaskInlet inlet, Outbox outbox, @Nullable Adds adds) {
		this.channel = channel;
		this.inlet = inlet;
		this.outbox = outbox;
		this.adds = adds;
	}

	/** Read for as long as this process lives. */
	void listen() {
		FrameReader reader = new FrameReader(0);
		try {
			while (reader.read(this.channel, this) >= 0) {
				// accept() deals with what came
			}
		}
		catch (IOException ex) {
			// As good as gone
		}
		if (this.leaving) {
			awaitExit();
		}
		Runtime.getRuntime().halt(ORPHANED);
	}

	/** This process is about to exit: nothing that comes matters any more. */
	void leave() {
		this.leaving = true;
		try {
			this.channel.shutdownInput();
		}
		catch (IOException ex) {
			// Then the exit takes its 300 ms
		}
	}

	@Override
	public void accept(Frame frame, int bytes) throws IOException {
		if (frame instanceof Frame.Credit credit) {
			this.outbox.credit(credit.bytes());
		}
		else if (frame instanceof Frame.Stop) {
			this.inlet.stop();
		}
		else if (frame instanceof Frame.Interrupt interrupt) {
			CurrentTask.interrupt(interrupt.task());
		}
		else if (frame instanceof Frame.Levels levels) {
			LogForwarder.levels(levels.levels());
		}
		else if (frame instanceof Frame.Dump dump) {
			String stack = CurrentTask.stack(dump.task());
			if (stack != null) {
				this.outbox.send(new Frame.Stack(dump.task(), stack));
			}
		}
		else if (frame instanceof Frame.Added added && this.adds != null) {
			this.adds.answer(added);
		}
		else {
			throw new IOException("a parent does not send this frame");
		}
	}

	/**
	 * Returns if the parent ends before this process does. First it waits, because most
	 * processes exit at once, and to look for the parent takes a fresh JVM milliseconds;
	 * a parent that ends meanwhile leaves this process to the watchdog.
	 */
	private static void awaitExit() {
		pause();
		Optional<ProcessHandle> parent = ProcessHandle.current().parent();
		while (parent.equals(ProcessHandle.current().parent())) {
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(LOOK_MILLIS);
		}
		catch (InterruptedException ex) {
			// Nobody means this thread
		}
	}

}
