package dev.taskqueue.wire;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PlainRecordWriter} has written. One for each class; safe for use by
 * many threads.
 */
final class PlainRecordReader {

	private final Constructor<?> constructor;

	private final int components;

	private PlainRecordReader(Class<?> type) throws IOException {
		RecordComponent[] components = type.getRecordComponents();
		if (components == null) {
			throw new InvalidClassException(type.getName(), "no record where it is read");
		}
		Class<?>[] types = new Class<?>[components.length];
		for (int i = 0; i < types.length; i++) {
			types[i] = components[i].getType();
		}
		try {
			this.constructor = type.getDeclaredConstructor(types);
			this.constructor.setAccessible(true);
			this.components = types.length;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex); // every record has it
		}
	}

	/**
	 * Read a record.
	 * @param payload its bytes
	 * @param classes knows its class
	 * @return the record
	 * @throws IOException if the bytes cannot be read, or the record's constructor
	 * refuses what they say
	 * @throws ClassNotFoundException if its class is missing
	 */
	static Object read(byte[] payload, KnownClasses classes) throws IOException, ClassNotFoundException {
		FieldReader in = new FieldReader(ByteBuffer.wrap(payload, 1, payload.length - 1));
		return of(in.string(), classes).read(in);
	}

	/**
	 * The reader of a class.
	 * @param name of the class
	 * @param classes knows it
	 * @return the one of all its records
	 * @throws IOException if it is no record
	 * @throws ClassNotFoundException if it is missing
	 */
	static PlainRecordReader of(String name, KnownClasses classes) throws IOException, ClassNotFoundException {
		PlainRecordReader reader = classes.records().get(name);
		if (reader == null) {
			reader = new PlainRecordReader(classes.find(name));
			classes.records().put(name, reader);
		}
		return reader;
	}

	private Object read(FieldReader in) throws IOException {
		@Nullable Object[] values = new @Nullable Object[this.components];
		for (int i = 0; i < values.length; i++) {
			values[i] = PlainValues.read(in);
		}
		in.end();
		try {
			return this.constructor.newInstance(values);
		}
		catch (InvocationTargetException ex) {
			throw refused(ex.getCause());
		}
		catch (ReflectiveOperationException | IllegalArgumentException ex) {
			throw refused(ex);
		}
	}

	/** As an object stream puts it. */
	private static IOException refused(@Nullable Throwable cause) {
		if (cause instanceof Error error) {
			throw error;
		}
		InvalidObjectException refused = new InvalidObjectException((cause != null) ? cause.getMessage() : null);
		refused.initCause(cause);
		return refused;
	}

}
