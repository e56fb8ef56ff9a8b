package dev.taskqueue.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Writes fields into a growing buffer, frame after frame. Used by one thread.
 */
final class FieldWriter {

	private ByteBuffer buffer;

	/** Where the present frame begins. */
	private int frame;

	/**
	 * Create a writer.
	 * @param size bytes it is expected to write
	 */
	FieldWriter(int size) {
		this.buffer = ByteBuffer.allocate(size);
	}

	FieldWriter type(byte type) {
		this.frame = length();
		room(5).putInt(0).put(type);
		return this;
	}

	FieldWriter int8(int value) {
		room(1).put((byte) value);
		return this;
	}

	FieldWriter int16(short value) {
		room(2).putShort(value);
		return this;
	}

	FieldWriter int32(int value) {
		room(4).putInt(value);
		return this;
	}

	FieldWriter int64(long value) {
		room(8).putLong(value);
		return this;
	}

	FieldWriter bytes(byte[] value) {
		room(value.length).put(value);
		return this;
	}

	FieldWriter text(@Nullable String value) {
		if (value == null) {
			return int32(-1);
		}
		byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
		return int32(utf8.length).bytes(utf8);
	}

	FieldWriter map(Map<String, String> map) {
		int32(map.size());
		if (!map.isEmpty()) {
			map.forEach((key, value) -> text(key).text(value));
		}
		return this;
	}

	FieldWriter set(Set<String> set) {
		int32(set.size());
		for (String element : set) {
			text(element);
		}
		return this;
	}

	/** The frame is complete, but for so many bytes of payload: fill in its length. */
	void end(int payload) {
		this.buffer.putInt(this.frame, length() - this.frame - 4 + payload);
	}

	/** Forget what came after the first so many bytes. */
	void cut(int length) {
		this.buffer.position(length);
	}

	/** What was written, ready to be read. Goes on in another buffer. */
	ByteBuffer exchange(ByteBuffer next) {
		ByteBuffer written = this.buffer.flip();
		this.buffer = next.clear();
		return written;
	}

	int length() {
		return this.buffer.position();
	}

	byte[] toByteArray() {
		byte[] bytes = this.buffer.array();
		return (bytes.length == length()) ? bytes : Arrays.copyOf(bytes, length());
	}

	private ByteBuffer room(int bytes) {
		if (this.buffer.remaining() < bytes) {
			int needed = this.buffer.position() + bytes;
			ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, this.buffer.capacity() * 2));
			this.buffer = larger.put(this.buffer.flip());
		}
		return this.buffer;
	}

}
