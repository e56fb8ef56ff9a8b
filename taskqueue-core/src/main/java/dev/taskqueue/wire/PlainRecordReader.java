package dev.taskqueue.wire;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PlainRecordWriter} has written. One for each class; safe for use by
 * many threads.
 */
final class PlainRecordReader {

	private final Class<?>[] components;

	/** As {@link PlainRecordWriter#shape} has it. */
	private final int shape;

	private final Constructor<?> constructor;

	private PlainRecordReader(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		this.shape = PlainRecordWriter.shape(components);
		this.components = new Class<?>[components.length];
		for (int i = 0; i < components.length; i++) {
			this.components[i] = components[i].getType();
		}
		try {
			this.constructor = type.getDeclaredConstructor(this.components);
			this.constructor.setAccessible(true);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex); // every record has it
		}
	}

	/**
	 * Read a record from somebody who is trusted.
	 * @param payload its bytes
	 * @param classes knows its class
	 * @return the record
	 * @throws IOException if the bytes cannot be read, or the record's constructor
	 * refuses what they say
	 * @throws ClassNotFoundException if its class is missing
	 */
	static Object read(byte[] payload, KnownClasses classes) throws IOException, ClassNotFoundException {
		FieldReader in = FieldReader.behindMark(payload);
		PlainRecordReader reader = of(in.string(), classes);
		return reader.record(reader.values(in));
	}

	/**
	 * Read a record from anybody.
	 * @param payload its bytes
	 * @param loader finds its class
	 * @param filter decides which classes are accepted
	 * @return the record
	 * @throws IOException if the bytes cannot be read, the filter refuses them, or the
	 * record's constructor refuses what they say
	 * @throws ClassNotFoundException if its class is missing
	 */
	static Object read(byte[] payload, @Nullable ClassLoader loader, ObjectInputFilter filter)
			throws IOException, ClassNotFoundException {
		FieldReader in = FieldReader.behindMark(payload);
		PlainFilter checks = PlainFilter.of(filter, payload.length);
		Class<?> type = Class.forName(in.string(), false, loader);
		checks.check(type);
		if (!type.isRecord() || !PlainRecordWriter.writes(type)) {
			throw new InvalidClassException(type.getName(), "no record that is written without a stream");
		}
		PlainRecordReader reader = Readers.OF_CLASSES.get(type);
		@Nullable Object[] values = reader.values(in);
		for (int i = 0; i < values.length; i++) {
			if (!reader.components[i].isPrimitive()) {
				checks.checkComponent(values[i]);
			}
		}
		return reader.record(values);
	}

	/**
	 * The reader of a class, which is not initialized for it.
	 * @param name of the class
	 * @param classes knows it
	 * @return the one of all its records
	 * @throws IOException if it is no record
	 * @throws ClassNotFoundException if it is missing
	 */
	static PlainRecordReader of(String name, KnownClasses classes) throws IOException, ClassNotFoundException {
		PlainRecordReader reader = classes.records().get(name);
		if (reader == null) {
			Class<?> type = classes.find(name);
			if (!type.isRecord()) {
				throw new InvalidClassException(name, "no record where it is read");
			}
			reader = new PlainRecordReader(type);
			classes.records().put(name, reader);
		}
		return reader;
	}

	private @Nullable Object[] values(FieldReader in) throws IOException {
		if (in.int32() != this.shape) {
			throw new InvalidClassException(this.constructor.getDeclaringClass().getName(),
					"it has other components where it was written");
		}
		@Nullable Object[] values = new @Nullable Object[this.components.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = PlainValues.read(in);
		}
		in.end();
		return values;
	}

	private Object record(@Nullable Object[] values) throws IOException {
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

	/**
	 * An application's, whose class loaders come and go. A worker has no use for them.
	 */
	private static final class Readers {

		static final ClassValue<PlainRecordReader> OF_CLASSES = new ClassValue<>() {

			@Override
			protected PlainRecordReader computeValue(Class<?> type) {
				return new PlainRecordReader(type);
			}

		};

		private Readers() {
		}

	}

}
