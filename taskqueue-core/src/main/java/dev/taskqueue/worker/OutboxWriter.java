package dev.taskqueue.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

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
				List<Outbox.Entry> batch = this.outbox.take();
				for (Outbox.Entry entry : batch) {
					this.outbox.sent(entry, this.writer.add(entry.frame()));
				}
				while (!this.writer.flush(this.channel)) {
					// A blocking channel takes everything
				}
				this.outbox.written(batch);
			}
		}
		catch (IOException | InterruptedException ex) {
			// The parent is gone; the reading thread notices the same and ends the
			// process
		}
	}

}
