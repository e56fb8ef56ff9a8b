package dev.taskqueue.wire;

import java.io.ObjectStreamClass;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What a loader's classes were found to be, by their names. Safe for use by many threads.
 *
 * @param loader finds the classes
 * @param described those that streams name
 * @param records those of records that need no stream
 */
record KnownClasses(@Nullable ClassLoader loader, Map<String, ObjectStreamClass> described,
		Map<String, PlainRecordReader> records) {

	/** Of one loader, because a worker has one. */
	private static volatile @Nullable KnownClasses last;

	static KnownClasses of(@Nullable ClassLoader loader) {
		KnownClasses known = last;
		if (known == null || known.loader != loader) {
			known = new KnownClasses(loader, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
			last = known;
		}
		return known;
	}

	Class<?> find(String name) throws ClassNotFoundException {
		return Class.forName(name, false, this.loader);
	}

}
