package dev.taskqueue.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * The worker's end of its second connection: wakes the parent, and sleeps until the
 * parent rings. For the task's thread, which needs no other to wake it.
 * <p>
 * A task can leave an interrupt of its thread behind at any time. It closes a channel
 * somebody blocks in; this one is never blocked in, but waited for by a selector, which
 * an interrupt only wakes.
 */
final class Bell {

	private final SocketChannel channel;

	private final Selector selector;

	private final SelectionKey key;

	private final ByteBuffer heard = ByteBuffer.allocateDirect(64);

	private final ByteBuffer stroke = ByteBuffer.allocateDirect(1);

	Bell(SocketChannel channel) throws IOException {
		this.channel = channel;
		this.selector = Selector.open();
		channel.configureBlocking(false);
		this.key = channel.register(this.selector, SelectionKey.OP_READ);
	}

	/** Wake the parent. If nothing more fits in, it has enough to wake up from. */
	void ring() {
		try {
			this.channel.write(this.stroke.clear());
		}
		catch (IOException ex) {
			// The parent is gone; the reading thread notices the same
		}
	}

	/** Sleep until somebody rings, or for no reason. */
	void sleep() throws IOException {
		this.selector.select();
		this.selector.selectedKeys().clear();
		Thread.interrupted(); // meant for a task that has ended
		try {
			if (this.key.isValid() && this.channel.read(this.heard.clear()) < 0) {
				this.key.cancel();
			}
		}
		catch (IOException ex) {
			this.key.cancel(); // as good as ended
		}
	}

	/** End the sleep of the task's thread, or its next one. For any thread. */
	void wake() {
		this.selector.wakeup();
	}

}
