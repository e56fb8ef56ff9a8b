package dev.taskqueue.pool;

import dev.taskqueue.Task;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;

/**
 * A task that does nothing, for every worker to run before it is ready: a fresh JVM takes
 * some twenty milliseconds for the first object it reads, which no task is to wait for.
 * Where workers are recycled, another one serves meanwhile. Stateless.
 */
final class WarmUp {

	private static final int LARGEST = 4096;

	private WarmUp() {
	}

	/** The task, serialized as those of the pool are. */
	static byte[] of(PoolSettings settings) {
		Task task = new Nothing("nothing", 0);
		try {
			return Payloads.write(task, LARGEST, settings.hasOwnClasses());
		}
		catch (PayloadException ex) {
			throw new IllegalStateException(ex); // one that carries nothing can be
													// written
		}
	}

	private record Nothing(String text, int number) implements Task {

		@Override
		public void run() {
			// As said
		}

	}

}
