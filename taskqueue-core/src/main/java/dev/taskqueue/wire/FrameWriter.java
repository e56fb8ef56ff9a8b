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

	/** Ready to be read by the channel. Made for the first one: a ring needs none. */
	private @Nullable ByteBuffer staged;

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
		for (ByteBuffer ready = stage(); ready.hasRemaining(); ready = stage()) {
			channel.write(ready);
			if (ready.hasRemaining()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Write as much as a ring takes, straight from where the bytes are, and publish it.
	 * @param ring a ring, to which nothing else is written
	 * @return whether everything is written
	 * @throws WireException if the ring is broken
	 */
	public boolean flush(RingWriter ring) throws WireException {
		for (ByteBuffer next = this.queue.peek(); next != null; next = this.queue.peek()) {
			ring.write(next);
			if (next.hasRemaining()) {
				break;
			}
			this.queue.poll();
		}
		ring.publish();
		return this.queue.isEmpty();
	}

	/**
	 * Whether nothing is left to be written.
	 * @return whether this writer is empty
	 */
	public boolean isEmpty() {
		return this.queue.isEmpty() && (this.staged == null || !this.staged.hasRemaining());
	}

	private ByteBuffer stage() {
		ByteBuffer target = this.staged;
		if (target == null) {
			target = ByteBuffer.allocateDirect(BUFFER).flip();
			this.staged = target;
		}
		if (target.hasRemaining()) {
			return target;
		}
		target.clear();
		@Nullable ByteBuffer next = this.queue.peek();
		while (next != null && target.hasRemaining()) {
			if (next.remaining() <= target.remaining()) {
				target.put(next);
				this.queue.poll();
				next = this.queue.peek();
			}
			else {
				int count = target.remaining();
				target.put(next.slice(next.position(), count));
				next.position(next.position() + count);
			}
		}
		return target.flip();
	}

}
