package dev.taskqueue.benchmarks.subject;

import dev.taskqueue.Task;

/**
 * What tasks do. Each is a {@link Task}, and something the peers in the same JVM can just
 * run.
 */
sealed interface Work extends Task {

	@Override
	void run();

	/** The work a request asks for: of so many iterations, bytes, or none at all. */
	static Work of(Arguments arguments) {
		int iterations = arguments.number("iterations", 0);
		int bytes = arguments.number("bytes", 0);
		if (iterations > 0) {
			return new Loop(iterations);
		}
		return (bytes > 0) ? new Argument(new byte[bytes]) : new Nothing();
	}

	/**
	 * Nothing at all.
	 */
	record Nothing() implements Work {

		@Override
		public void run() {
			// Nothing
		}

	}

	/**
	 * Nothing, with one int.
	 *
	 * @param value carried and not used
	 */
	record OneInt(int value) implements Work {

		@Override
		public void run() {
			// Nothing
		}

	}

	/**
	 * Nothing, with something to carry.
	 *
	 * @param bytes carried and not used
	 */
	@SuppressWarnings("ArrayRecordComponent") // nobody compares them
	record Argument(byte[] bytes) implements Work {

		@Override
		public void run() {
			// Nothing
		}

	}

	/**
	 * Something to compute.
	 *
	 * @param iterations how much of it
	 */
	record Loop(int iterations) implements Work {

		@Override
		public void run() {
			CpuLoop.spin(this.iterations);
		}

	}

}
