package dev.taskqueue.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameWriter;

/**
 * Writes the outbox to the channel. The only thread that writes it, and one that nobody
 * interrupts: an interrupt would close the channel.
 */
final class OutboxWriter implements Runnable {

	private final Outbox outbox;

	private final SocketChannel channel;

	private final FrameWriter writer = new FrameWriter();

	OutboxWriter(Outbox outbox, SocketChannel channel) {
		this.outbox = outbox;
		this.channel = channel;
	}

	@Override
	public void run() {
		try {
			while (true) {
				for (Frame frame : this.outbox.take()) {
					this.outbox.sent(frame, this.writer.add(frame));
				}
				while (!this.writer.flush(this.channel)) {
					// A blocking channel takes everything
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			// The parent is gone; the reading thread notices the same and ends the
			// process
		}
	}

}
