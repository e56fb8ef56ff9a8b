package dev.taskqueue.wire;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Writes records of {@linkplain PlainValues plain values}, as most tasks are: the name of
 * the class, what tells its versions apart, and one value after the other. An object
 * stream would make the same copy, but the first one in a JVM takes it thirty
 * milliseconds, and each takes some microseconds. Like {@link CompactStreams} only for
 * where both sides have the same classes. While many records wait, the name of their
 * class would be most of what each has: they are kept without it. One for each class;
 * safe for use by many threads.
 */
final class PlainRecordWriter {

	/** The first byte, where streams begin with others. */
	static final byte MARK = 'R';

	/** The first byte of a record that is kept without its class. */
	static final byte KEPT = 'r';

	private static final byte[] NO_VALUES = { KEPT };

	private static final ClassValue<PlainRecordWriter> WRITERS = new ClassValue<>() {

		@Override
		protected PlainRecordWriter computeValue(Class<?> type) {
			FieldWriter head = new FieldWriter(64).int8(MARK)
				.text(type.getName())
				.int32(shape(type.getRecordComponents()));
			return new PlainRecordWriter(head.toByteArray(), isOrdinary(type) ? fields(type) : null);
		}

	};

	/** What comes before the values. */
	private final byte[] head;

	/** Of its components; {@code null} if only a stream can write such records. */
	private final Field @Nullable [] fields;

	private PlainRecordWriter(byte[] head, Field @Nullable [] fields) {
		this.head = head;
		this.fields = fields;
	}

	/**
	 * Write an object if it is such a record, but for its class.
	 * @param value the object
	 * @param limit the most bytes it may have with its class
	 * @return what {@link #whole} takes, or {@code null} if it is something else, or has
	 * more bytes
	 */
	static byte @Nullable [] write(Object value, int limit) {
		return (value instanceof Record) ? WRITERS.get(value.getClass()).writeRecord(value, limit) : null;
	}

	/**
	 * A record with its class.
	 * @param kept what {@link #write} has returned
	 * @param type its class
	 * @return what {@link PlainRecordReader} reads
	 */
	static byte[] whole(byte[] kept, Class<?> type) {
		byte[] head = WRITERS.get(type).head;
		byte[] whole = Arrays.copyOf(head, head.length + kept.length - 1);
		System.arraycopy(kept, 1, whole, head.length, kept.length - 1);
		return whole;
	}

	/**
	 * Whether records of a class are written like this, if their values can.
	 * @param type a class of records
	 * @return whether it takes no object stream
	 */
	static boolean writes(Class<?> type) {
		return WRITERS.get(type).fields != null;
	}

	/**
	 * What tells versions of a class apart: the values come in the order of the
	 * components, so these have to be the same where they are read.
	 */
	static int shape(RecordComponent[] components) {
		int shape = components.length;
		for (RecordComponent component : components) {
			shape = 31 * shape + component.getName().hashCode();
			shape = 31 * shape + component.getType().getName().hashCode();
		}
		return shape;
	}

	private byte @Nullable [] writeRecord(Object record, int limit) {
		if (this.fields == null) {
			return null;
		}
		int most = limit - this.head.length + 1;
		@Nullable Object[] values = new @Nullable Object[this.fields.length];
		long size = 1;
		boolean array = false;
		for (int i = 0; i < values.length; i++) {
			values[i] = get(this.fields[i], record);
			size += PlainValues.size(values[i]);
			if (values[i] instanceof byte[]) {
				if (array) {
					return null; // it may be the same one, and has to stay so
				}
				array = true;
			}
		}
		return (size <= most) ? writeValues(values, (int) size, most) : null;
	}

	private static byte @Nullable [] writeValues(@Nullable Object[] values, int size, int most) {
		if (values.length == 0) {
			return NO_VALUES;
		}
		FieldWriter out = new FieldWriter(size).int8(KEPT);
		for (Object value : values) {
			if (!PlainValues.write(value, out)) {
				return null;
			}
		}
		return (out.length() <= most) ? out.toByteArray() : null;
	}

	private static @Nullable Object get(Field field, Object record) {
		try {
			return field.get(record);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex); // it was made accessible
		}
	}

	/** Whether nothing tells a stream to do something else. */
	private static boolean isOrdinary(Class<?> type) {
		if (!Serializable.class.isAssignableFrom(type) || type.isHidden()) {
			return false;
		}
		for (Method method : type.getDeclaredMethods()) { // no lambda, for workers
			if (replaces(method)) {
				return false;
			}
		}
		return true;
	}

	private static boolean replaces(Method method) {
		return method.getParameterCount() == 0
				&& (method.getName().equals("writeReplace") || method.getName().equals("readResolve"));
	}

	private static Field @Nullable [] fields(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Field[] fields = new Field[components.length];
		try {
			for (int i = 0; i < fields.length; i++) {
				fields[i] = type.getDeclaredField(components[i].getName());
				fields[i].setAccessible(true);
			}
			return fields;
		}
		catch (InaccessibleObjectException ex) {
			return null; // its module is not open
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException(ex); // every record has them
		}
	}

}
