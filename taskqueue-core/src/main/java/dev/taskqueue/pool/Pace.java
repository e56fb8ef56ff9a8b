package dev.taskqueue.pool;

/**
 * How many tasks may be with a worker at once: about a millisecond of work, going by how
 * long tasks have taken of late. One where that is not known, or too long. Owned by the
 * supervisor.
 */
final class Pace {

	/** What a worker may be given at once. */
	static final long WINDOW = 1_000_000L;

	/** One task in so many makes the average. */
	private static final int WEIGHT = 8;

	/** No task at all counts as longer than this, or one would be felt for too long. */
	private static final long LONGEST = 20 * WINDOW;

	private final int most;

	private long average = 2 * WINDOW;

	/**
	 * Create a pace that knows nothing yet.
	 * @param most tasks at once, however short they are
	 */
	Pace(int most) {
		this.most = most;
	}

	/** A task was with its worker, and at its turn, for so long. */
	void took(long nanos) {
		this.average += (Math.min(LONGEST, Math.max(0, nanos)) - this.average) / WEIGHT;
	}

	/** How many tasks a worker may have, the one that runs included. */
	int window() {
		return (int) Math.max(1, Math.min(this.most, WINDOW / Math.max(1, this.average)));
	}

}
