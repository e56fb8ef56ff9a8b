package dev.taskqueue.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * The reading end of a ring, as a channel that never blocks and never ends; see
 * {@link Rings}. Copies what it reads: what is looked at cannot change any more. Used by
 * one thread.
 */
public final class RingReader implements ReadableByteChannel {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private final ByteBuffer memory;

	/** Where the count of bytes written stands; that of bytes read is behind it. */
	private final int counts;

	private final int data;

	private long read;

	RingReader(ByteBuffer memory, int counts, int data) {
		this.memory = memory;
		this.counts = counts;
		this.data = data;
	}

	/**
	 * Whether there is nothing to read, as far as the writer can be believed.
	 * @return whether the next read will find nothing
	 */
	public boolean isEmpty() {
		return (long) LONGS.getVolatile(this.memory, this.counts) == this.read;
	}

	/**
	 * Read what is there and fits.
	 * @param target where to
	 * @return the number of bytes, 0 for none
	 * @throws WireException if the writer says it has written what cannot be
	 */
	@Override
	public int read(ByteBuffer target) throws WireException {
		long written = (long) LONGS.getVolatile(this.memory, this.counts);
		// By difference: the counts may wrap around
		long there = written - this.read;
		if (there < 0 || there > Rings.CAPACITY) {
			throw new WireException(
					"the writer of a ring has written %d bytes, of which %d were read".formatted(written, this.read));
		}
		int count = (int) Math.min(there, target.remaining());
		if (count == 0) {
			return 0;
		}
		int at = (int) (this.read & (Rings.CAPACITY - 1));
		int first = Math.min(count, Rings.CAPACITY - at);
		target.put(target.position(), this.memory, this.data + at, first);
		target.put(target.position() + first, this.memory, this.data, count - first);
		target.position(target.position() + count);
		this.read += count;
		LONGS.setVolatile(this.memory, this.counts + Rings.READ, this.read);
		return count;
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public void close() {
		// The memory goes with the last object that knows it
	}

}
