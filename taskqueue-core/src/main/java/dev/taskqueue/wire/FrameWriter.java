package dev.taskqueue.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out. Small ones gather in one buffer, which is used again and
 * again; a large payload stays where it is. To a channel everything passes through one
 * direct buffer, so that a large payload never makes the JDK allocate native memory of
 * its size. Used by one thread.
 */
public final class FrameWriter {

	private static final int BUFFER = 64 << 10;

	/** What a payload may have at most to be copied. */
	private static final int SMALL = 1024;

	private final FieldWriter open = new FieldWriter(SMALL);

	/** What comes before the frames in the open buffer. */
	private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();

	/** The last buffer that went from there into the queue. */
	private @Nullable ByteBuffer sealed;

	/** To be the next open one. */
	private @Nullable ByteBuffer spare;

	/** Ready to be read by the channel. Made for the first one: a ring needs none. */
	private @Nullable ByteBuffer staged;

	/**
	 * Append a frame. Nothing is written until {@link #flush}.
	 * @param frame the frame; its payload must not change any more
	 * @return its bytes on the wire
	 */
	public int add(Frame frame) {
		byte[] payload = FrameCodec.payload(frame);
		ByteBuffer large = (payload.length > SMALL) ? ByteBuffer.wrap(payload) : null;
		int before = this.open.length();
		try {
			FrameCodec.head(frame, this.open);
			if (large == null) {
				this.open.bytes(payload);
			}
		}
		catch (RuntimeException | Error ex) {
			this.open.cut(before); // half a frame would be the end of all others
			throw ex;
		}
		int bytes = this.open.length() - before;
		if (large != null) {
			seal();
			this.queue.add(large);
			bytes += payload.length;
		}
		else if (this.open.length() > BUFFER / 2) {
			seal();
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
	 * Write as much as a ring takes, and publish it.
	 * @param ring a ring, to which nothing else is written
	 * @return whether everything is written
	 * @throws WireException if the ring is broken
	 */
	public boolean flush(RingWriter ring) throws WireException {
		seal();
		for (ByteBuffer next = this.queue.peek(); next != null; next = this.queue.peek()) {
			ring.write(next);
			if (next.hasRemaining()) {
				break;
			}
			leave();
		}
		ring.publish();
		return this.queue.isEmpty();
	}

	/**
	 * Whether nothing is left to be written.
	 * @return whether this writer is empty
	 */
	public boolean isEmpty() {
		return this.queue.isEmpty() && this.open.length() == 0 && (this.staged == null || !this.staged.hasRemaining());
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
		seal();
		target.clear();
		@Nullable ByteBuffer next = this.queue.peek();
		while (next != null && target.hasRemaining()) {
			if (next.remaining() <= target.remaining()) {
				target.put(next);
				leave();
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

	/** What is in the open buffer waits its turn. */
	private void seal() {
		if (this.open.length() > 0) {
			this.sealed = this.open.exchange((this.spare != null) ? this.spare : ByteBuffer.allocate(SMALL));
			this.spare = null;
			this.queue.add(this.sealed);
		}
	}

	/** The first one in the queue is written. */
	@SuppressWarnings("ReferenceEquality") // equal buffers are something else
	private void leave() {
		ByteBuffer written = this.queue.poll();
		if (written == this.sealed) {
			this.sealed = null;
			this.spare = (written != null && written.capacity() <= BUFFER) ? written : null;
		}
	}

}
