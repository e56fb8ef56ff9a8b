package dev.taskqueue.wire;

import java.io.InvalidClassException;
import java.io.ObjectInputFilter;

import org.jspecify.annotations.Nullable;

/**
 * Asks a filter of object streams about what comes without one, as a stream that holds
 * the same would. Of strings no stream asks.
 *
 * @param filter decides
 * @param bytes how many there are of it all
 */
record PlainFilter(ObjectInputFilter filter, int bytes) {

	/** A value, which is no primitive. */
	void check(@Nullable Object value) throws InvalidClassException {
		if (value != null && !(value instanceof String)) {
			check(value.getClass(), (value instanceof byte[] array) ? array.length : -1);
		}
	}

	/** An object of a class, before there is one. */
	void check(Class<?> type) throws InvalidClassException {
		check(type, -1);
	}

	private void check(Class<?> type, int length) throws InvalidClassException {
		ObjectInputFilter.Status status = this.filter.checkInput(new Info(type, length, 1, 1, this.bytes));
		if (status == null || status == ObjectInputFilter.Status.REJECTED) {
			throw new InvalidClassException(type.getName(), "filter status: " + status);
		}
	}

	/** What a filter goes by. */
	private record Info(Class<?> serialClass, long arrayLength, long depth, long references,
			long streamBytes) implements ObjectInputFilter.FilterInfo {
	}

}
