package dev.taskqueue.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames. A frame larger than the buffer is collected in an
 * array that grows with what arrives, never with what a header promises. Used by one
 * thread.
 */
public final class FrameReader {

	private static final int BUFFER = 64 << 10;

	/** What all fields but a payload may take; senders of text keep to half of it. */
	private static final int MOST_OF_OTHER_FIELDS = 4 << 20;

	private final ByteBuffer buffer;

	private int maxFrame;

	/** A frame too large for the buffer, as far as it has come. */
	private byte @Nullable [] large;

	private int largeLength;

	private int largeFilled;

	/**
	 * Create a reader.
	 * @param maxPayload the largest payload a frame may carry, in bytes
	 */
	public FrameReader(int maxPayload) {
		this(maxPayload, BUFFER);
	}

	FrameReader(int maxPayload, int buffer) {
		this.buffer = ByteBuffer.allocateDirect(buffer);
		maxPayload(maxPayload);
	}

	/**
	 * Change what the next frames may carry.
	 * @param bytes the largest payload
	 */
	public final void maxPayload(int bytes) {
		this.maxFrame = Math.max(bytes, MOST_OF_OTHER_FIELDS) + (64 << 10);
	}

	/**
	 * Read once from the channel and hand on every frame that is complete.
	 * @param channel a channel, blocking or not
	 * @param sink receives the frames in order
	 * @return the bytes read, 0 if there were none, -1 at the end
	 * @throws WireException if the bytes are not frames
	 * @throws EOFException if the channel ends inside a frame
	 * @throws IOException if reading fails
	 */
	public int read(ReadableByteChannel channel, FrameSink sink) throws IOException {
		int count = channel.read(this.buffer);
		if (count < 0 && (this.large != null || this.buffer.position() > 0)) {
			throw new EOFException("the channel ended inside a frame");
		}
		this.buffer.flip();
		while (next(sink)) {
			// next() says when to stop
		}
		this.buffer.compact();
		return count;
	}

	private boolean next(FrameSink sink) throws IOException {
		if (this.large != null) {
			return collect(this.large, sink);
		}
		if (this.buffer.remaining() < FrameCodec.HEADER) {
			return false;
		}
		int length = this.buffer.getInt(this.buffer.position());
		if (length < 1 || length > this.maxFrame) {
			throw new WireException("a frame of " + length + " bytes; allowed are 1 to " + this.maxFrame);
		}
		if (length + 4 > this.buffer.capacity()) {
			this.buffer.getInt();
			this.largeLength = length;
			this.largeFilled = 0;
			this.large = new byte[Math.min(length, BUFFER)];
			return true;
		}
		if (this.buffer.remaining() < length + 4) {
			return false;
		}
		this.buffer.getInt();
		int limit = this.buffer.limit();
		Frame frame = FrameCodec.decode(this.buffer.limit(this.buffer.position() + length));
		this.buffer.limit(limit);
		sink.accept(frame, length + 4);
		return true;
	}

	private boolean collect(byte[] target, FrameSink sink) throws IOException {
		int count = Math.min(this.buffer.remaining(), this.largeLength - this.largeFilled);
		byte[] array = target;
		if (this.largeFilled + count > array.length) {
			array = Arrays.copyOf(array, (int) Math.min(this.largeLength, array.length * 2L));
			this.large = array;
		}
		count = Math.min(count, array.length - this.largeFilled);
		this.buffer.get(array, this.largeFilled, count);
		this.largeFilled += count;
		if (this.largeFilled < this.largeLength) {
			return count > 0;
		}
		this.large = null;
		sink.accept(FrameCodec.decode(ByteBuffer.wrap(array, 0, this.largeLength)), this.largeLength + 4);
		return true;
	}

	/**
	 * Receives frames.
	 */
	@FunctionalInterface
	public interface FrameSink {

		/**
		 * Called for each frame, in the reading thread.
		 * @param frame the frame
		 * @param bytes its bytes on the wire
		 * @throws IOException if the frame has no place here
		 */
		void accept(Frame frame, int bytes) throws IOException;

	}

}
