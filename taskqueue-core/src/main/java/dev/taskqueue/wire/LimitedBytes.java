package dev.taskqueue.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects bytes up to a limit. Used by one thread.
 */
final class LimitedBytes extends OutputStream {

	private int limit;

	private byte[] bytes = new byte[512];

	private int length;

	private boolean exceeded;

	LimitedBytes(int limit) {
		this.limit = limit;
	}

	/** Forget what there was. */
	void begin(int limit) {
		this.limit = limit;
		this.length = 0;
		this.exceeded = false;
	}

	@Override
	public void write(int value) throws IOException {
		room(1);
		this.bytes[this.length++] = (byte) value;
	}

	@Override
	public void write(byte[] source, int offset, int count) throws IOException {
		room(count);
		System.arraycopy(source, offset, this.bytes, this.length, count);
		this.length += count;
	}

	/** Whether more was to be written than the limit allows, whoever caught that. */
	boolean isExceeded() {
		return this.exceeded;
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	private void room(int count) throws ExceededException {
		if (count > this.limit - this.length) {
			this.exceeded = true;
			throw new ExceededException();
		}
		int needed = this.length + count;
		if (needed > this.bytes.length) {
			int doubled = (int) Math.min(this.limit, this.bytes.length * 2L);
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, doubled));
		}
	}

	/** The limit does not suffice. */
	static final class ExceededException extends IOException {

	}

}
