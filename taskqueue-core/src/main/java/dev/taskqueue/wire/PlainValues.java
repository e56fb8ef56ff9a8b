package dev.taskqueue.wire;

import java.io.IOException;
import java.io.ObjectInputFilter;

import org.jspecify.annotations.Nullable;

/**
 * Values that are what they are without anything else: {@code null}, primitives in their
 * boxes, strings and arrays of bytes, each as a byte for its kind and its bytes.
 * Stateless.
 */
final class PlainValues {

	/** The first byte of a value that is alone, where streams begin with others. */
	static final byte MARK = 'V';

	private static final byte NULL = 0;

	private static final byte FALSE = 1;

	private static final byte TRUE = 2;

	private static final byte BYTE = 3;

	private static final byte SHORT = 4;

	private static final byte CHAR = 5;

	private static final byte INT = 6;

	private static final byte LONG = 7;

	private static final byte FLOAT = 8;

	private static final byte DOUBLE = 9;

	private static final byte STRING = 10;

	private static final byte BYTES = 11;

	private PlainValues() {
	}

	/** The bytes of a value; of a string that is not of ASCII, some of them. */
	static long size(@Nullable Object value) {
		if (value instanceof String text) {
			return 1L + Integer.BYTES + text.length();
		}
		if (value instanceof byte[] bytes) {
			return 1L + Integer.BYTES + bytes.length;
		}
		if (value instanceof Integer || value instanceof Float) {
			return 1L + Integer.BYTES;
		}
		if (value instanceof Long || value instanceof Double) {
			return 1L + Long.BYTES;
		}
		if (value instanceof Short || value instanceof Character) {
			return 1L + Short.BYTES;
		}
		return (value instanceof Byte) ? 1L + Byte.BYTES : 1L;
	}

	/**
	 * Write a value.
	 * @return {@code false} if it is another one, and nothing was written
	 */
	static boolean write(@Nullable Object value, FieldWriter out) {
		if (value == null) {
			out.int8(NULL);
		}
		else if (value instanceof Integer number) {
			out.int8(INT).int32(number);
		}
		else if (value instanceof Long number) {
			out.int8(LONG).int64(number);
		}
		else if (value instanceof String text && isUnicode(text)) {
			out.int8(STRING).text(text);
		}
		else if (value instanceof byte[] bytes) {
			out.int8(BYTES).int32(bytes.length).bytes(bytes);
		}
		else if (value instanceof Boolean truth) {
			out.int8(truth ? TRUE : FALSE);
		}
		else if (value instanceof Double number) {
			out.int8(DOUBLE).int64(Double.doubleToRawLongBits(number));
		}
		else if (value instanceof Float number) {
			out.int8(FLOAT).int32(Float.floatToRawIntBits(number));
		}
		else if (value instanceof Character character) {
			out.int8(CHAR).int16((short) character.charValue());
		}
		else if (value instanceof Short number) {
			out.int8(SHORT).int16(number);
		}
		else if (value instanceof Byte number) {
			out.int8(BYTE).int8(number);
		}
		else {
			return false;
		}
		return true;
	}

	/**
	 * Write a value that is alone.
	 * @param value it, or anything else
	 * @param limit the most bytes it may have
	 * @return what {@link #read(byte[], ObjectInputFilter)} takes, or {@code null} if it
	 * is another one, or has more bytes
	 */
	static byte @Nullable [] write(Object value, int limit) {
		long size = 1 + size(value);
		if (size > limit) {
			return null;
		}
		FieldWriter out = new FieldWriter((int) size).int8(MARK);
		return (write(value, out) && out.length() <= limit) ? out.toByteArray() : null;
	}

	/**
	 * Read a value that is alone.
	 * @throws IOException if there is none, or the filter refuses it
	 */
	static @Nullable Object read(byte[] payload, @Nullable ObjectInputFilter filter) throws IOException {
		FieldReader in = FieldReader.behindMark(payload);
		Object value = read(in);
		in.end();
		if (filter != null) {
			PlainFilter.of(filter, payload.length).check(value);
		}
		return value;
	}

	/** Half a pair of surrogates has no bytes in UTF-8. */
	private static boolean isUnicode(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				return false; // most likely a pair: they are too rare to look for the
								// other half
			}
		}
		return true;
	}

	/**
	 * Read a value.
	 * @throws IOException if there is none
	 */
	static @Nullable Object read(FieldReader in) throws IOException {
		byte kind = in.int8();
		return switch (kind) {
			case NULL -> null;
			case FALSE -> false;
			case TRUE -> true;
			case BYTE -> in.int8();
			case SHORT -> in.int16();
			case CHAR -> (char) in.int16();
			case INT -> in.int32();
			case LONG -> in.int64();
			case FLOAT -> Float.intBitsToFloat(in.int32());
			case DOUBLE -> Double.longBitsToDouble(in.int64());
			case STRING -> in.string();
			case BYTES -> in.bytes(in.int32());
			default -> throw new WireException("a value of the unknown kind " + kind);
		};
	}

}
