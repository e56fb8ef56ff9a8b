package dev.taskqueue.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out. Everything passes through one direct buffer, so that a large
 * payload never makes the JDK allocate native memory of its size. Used by one thread.
 */
public final class FrameWriter {

	private static final int BUFFER = 64 << 10;

	private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();

	/** Ready to be read by the channel. */
	private final ByteBuffer staged = ByteBuffer.allocateDirect(BUFFER).flip();

	/**
	 * Append a frame. Nothing is written until {@link #flush}.
	 * @param frame the frame; its payload must not change any more
	 * @return its bytes on the wire
	 */
	public int add(Frame frame) {
		ByteBuffer head = FrameCodec.head(frame);
		byte[] payload = FrameCodec.payload(frame);
		int bytes = head.remaining() + payload.length;
		this.queue.add(head);
		if (payload.length > 0) {
			this.queue.add(ByteBuffer.wrap(payload));
		}
		return bytes;
	}

	/**
	 * Write as much as the channel takes.
	 * @param channel a channel, blocking or not
	 * @return whether everything is written
	 * @throws IOException if writing fails
	 */
	public boolean flush(WritableByteChannel channel) throws IOException {
		while (stage()) {
			channel.write(this.staged);
			if (this.staged.hasRemaining()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether nothing is left to be written.
	 * @return whether this writer is empty
	 */
	public boolean isEmpty() {
		return this.queue.isEmpty() && !this.staged.hasRemaining();
	}

	private boolean stage() {
		if (this.staged.hasRemaining()) {
			return true;
		}
		this.staged.clear();
		@Nullable ByteBuffer next = this.queue.peek();
		while (next != null && this.staged.hasRemaining()) {
			if (next.remaining() <= this.staged.remaining()) {
				this.staged.put(next);
				this.queue.poll();
				next = this.queue.peek();
			}
			else {
				int count = this.staged.remaining();
				this.staged.put(next.slice(next.position(), count));
				next.position(next.position() + count);
			}
		}
		this.staged.flip();
		return this.staged.hasRemaining();
	}

}
