package dev.taskqueue.wire;

import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Asks a filter of object streams about what comes without one, as a stream that holds
 * the same would, but for the count of references: there are none. Of strings no stream
 * asks.
 *
 * @param filter decides; {@code null} accepts all
 * @param bytes how many there are of it all
 */
record PlainFilter(@Nullable ObjectInputFilter filter, int bytes) {

	private static final int OUTER = 1;

	private static final int COMPONENT = 2;

	/**
	 * With what the application's factory of filters makes of a filter for a stream.
	 * @param filter the stream's own
	 * @param bytes how many there are of it all
	 */
	static PlainFilter of(ObjectInputFilter filter, int bytes) {
		BinaryOperator<ObjectInputFilter> factory = ObjectInputFilter.Config.getSerialFilterFactory();
		ObjectInputFilter first = factory.apply(null, ObjectInputFilter.Config.getSerialFilter());
		return new PlainFilter(factory.apply(first, filter), bytes);
	}

	/** A value that is alone. */
	void check(@Nullable Object value) throws InvalidClassException {
		check(value, OUTER);
	}

	/** A record's, which is no primitive. */
	void checkComponent(@Nullable Object value) throws InvalidClassException {
		check(value, COMPONENT);
	}

	/** A record of a class, before there is one. */
	void check(Class<?> type) throws InvalidClassException {
		check(type, -1, OUTER);
	}

	private void check(@Nullable Object value, int depth) throws InvalidClassException {
		if (value == null || value instanceof String) {
			return;
		}
		check(value.getClass(), -1, depth);
		if (value instanceof byte[] array) {
			check(value.getClass(), array.length, depth);
		}
		else if (value instanceof Number) {
			check(Number.class, -1, depth);
		}
	}

	private void check(Class<?> type, int length, int depth) throws InvalidClassException {
		ObjectInputFilter.Status status = (this.filter != null)
				? this.filter.checkInput(new Info(type, length, depth, 1, this.bytes))
				: ObjectInputFilter.Status.ALLOWED;
		if (status == null || status == ObjectInputFilter.Status.REJECTED) {
			throw new InvalidClassException(type.getName(), "filter status: " + status);
		}
	}

	/** What a filter goes by. */
	private record Info(Class<?> serialClass, long arrayLength, long depth, long references,
			long streamBytes) implements ObjectInputFilter.FilterInfo {
	}

}
