package dev.taskqueue.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads a frame's fields from untrusted bytes: every length is checked against what is
 * there before anything is allocated for it.
 */
final class FieldReader {

	private static final byte[] NOTHING = {};

	private final ByteBuffer in;

	FieldReader(ByteBuffer in) {
		this.in = in;
	}

	/** The fields of a payload whose first byte says what it is. */
	static FieldReader behindMark(byte[] payload) {
		return new FieldReader(ByteBuffer.wrap(payload, 1, payload.length - 1));
	}

	byte int8() throws WireException {
		return room(1).get();
	}

	short int16() throws WireException {
		return room(2).getShort();
	}

	int int32() throws WireException {
		return room(4).getInt();
	}

	long int64() throws WireException {
		return room(8).getLong();
	}

	byte[] bytes(int length) throws WireException {
		byte[] bytes = new byte[checked(length)];
		this.in.get(bytes);
		return bytes;
	}

	byte[] rest() {
		byte[] bytes = this.in.hasRemaining() ? new byte[this.in.remaining()] : NOTHING;
		this.in.get(bytes);
		return bytes;
	}

	String string() throws WireException {
		return new String(bytes(int32()), StandardCharsets.UTF_8);
	}

	@Nullable String text() throws WireException {
		int length = int32();
		return (length != -1) ? new String(bytes(length), StandardCharsets.UTF_8) : null;
	}

	Map<String, String> map() throws WireException {
		int count = int32();
		// An entry takes eight bytes at least: two lengths
		if (count < 0 || count > this.in.remaining() / 8) {
			throw new WireException("a map of " + count + " entries in " + this.in.remaining() + " bytes");
		}
		if (count == 0) {
			return Map.of();
		}
		Map<String, String> map = new HashMap<>();
		for (int i = 0; i < count; i++) {
			map.put(string(), string());
		}
		return map;
	}

	Set<String> set() throws WireException {
		int count = int32();
		// An element takes four bytes at least: its length
		if (count < 0 || count > this.in.remaining() / 4) {
			throw new WireException("a set of " + count + " elements in " + this.in.remaining() + " bytes");
		}
		Set<String> set = new HashSet<>();
		for (int i = 0; i < count; i++) {
			set.add(string());
		}
		return set;
	}

	void end() throws WireException {
		if (this.in.hasRemaining()) {
			throw new WireException(this.in.remaining() + " bytes too many at the end of a frame");
		}
	}

	private ByteBuffer room(int bytes) throws WireException {
		checked(bytes);
		return this.in;
	}

	private int checked(int length) throws WireException {
		if (length < 0 || length > this.in.remaining()) {
			throw new WireException("a field of " + length + " bytes in a frame that has " + this.in.remaining());
		}
		return length;
	}

}
