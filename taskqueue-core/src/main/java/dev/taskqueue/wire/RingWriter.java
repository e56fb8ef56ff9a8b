package dev.taskqueue.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The writing end of a ring; see {@link Rings}. Used by one thread.
 */
public final class RingWriter {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private final ByteBuffer memory;

	/** Where the count of bytes written stands; that of bytes read is behind it. */
	private final int counts;

	private final int data;

	private long written;

	private long published;

	/** By the reader's word, which only grows. */
	private long read;

	RingWriter(ByteBuffer memory, int counts, int data) {
		this.memory = memory;
		this.counts = counts;
		this.data = data;
	}

	/**
	 * Write as much as there is room for. Nobody sees it before {@link #publish()}.
	 * @param source the bytes; its position moves
	 * @throws WireException if the reader says it has read what was not written
	 */
	public void write(ByteBuffer source) throws WireException {
		int count = source.remaining();
		if (count > Rings.CAPACITY - (this.written - this.read)) {
			count = (int) Math.min(count, room());
		}
		int at = (int) (this.written & (Rings.CAPACITY - 1));
		int first = Math.min(count, Rings.CAPACITY - at);
		this.memory.put(this.data + at, source, source.position(), first);
		this.memory.put(this.data, source, source.position() + first, count - first);
		source.position(source.position() + count);
		this.written += count;
	}

	/**
	 * Let the reader see what was written.
	 */
	public void publish() {
		if (this.published != this.written) {
			this.published = this.written;
			LONGS.setVolatile(this.memory, this.counts, this.written);
		}
	}

	/**
	 * How much can be written now.
	 * @return bytes
	 * @throws WireException if the reader says it has read what was not written
	 */
	public long room() throws WireException {
		long now = (long) LONGS.getVolatile(this.memory, this.counts + Rings.READ);
		// By difference: the counts may wrap around
		if (now - this.read < 0 || this.published - now < 0) {
			throw new WireException(
					"the reader of a ring has read %d bytes of %d to %d".formatted(now, this.read, this.published));
		}
		this.read = now;
		return Rings.CAPACITY - (this.written - now);
	}

}
