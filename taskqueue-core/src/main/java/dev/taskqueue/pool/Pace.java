package dev.taskqueue.pool;

/**
 * How many tasks may be with a worker at once, going by how long tasks have taken of
 * late: about a millisecond of work. Where tasks take longer, but one as long as the
 * other, and many wait, a few, because the supervisor may have to wait for a processor as
 * long as a task takes. One where that is not known, or too long. Owned by the
 * supervisor.
 */
final class Pace {

	/** What a worker may be given at once. */
	static final long WINDOW = 1_000_000L;

	/**
	 * The one that runs, one for when it ends, and one for when that ends before the
	 * supervisor has had a processor: some systems let others go on for ten milliseconds.
	 */
	static final int FEW = 3;

	/** So many for each worker are many. */
	private static final int MANY = 8;

	/** Where tasks take longer, the time between two of them does not count. */
	private static final long TOO_LONG_FOR_FEW = 16 * WINDOW;

	/** However short the others are, a task may take so long. */
	private static final long LEAST_PATIENCE = 2 * WINDOW;

	/** One task in so many makes the average. */
	private static final int WEIGHT = 8;

	/** No task at all counts as longer than this, or one would be felt for too long. */
	private static final long LONGEST = 20 * WINDOW;

	private final int most;

	private long average = 2 * WINDOW;

	/** Average distance from the average. */
	private long deviation = LONGEST;

	/**
	 * Create a pace that knows nothing yet.
	 * @param most tasks at once, however short they are
	 */
	Pace(int most) {
		this.most = most;
	}

	/** A task was with its worker, and at its turn, for so long. */
	void took(long nanos) {
		long distance = Math.min(LONGEST, Math.max(0, nanos)) - this.average;
		this.average += distance / WEIGHT;
		this.deviation += (Math.abs(distance) - this.deviation) / WEIGHT;
	}

	/**
	 * How many tasks a worker may have, the one that runs included.
	 * @param waiting tasks for each worker that are to come
	 */
	int window(long waiting) {
		int least = (waiting >= MANY && isSteady()) ? FEW : 1;
		return (int) Math.min(this.most, Math.max(least, WINDOW / Math.max(1, this.average)));
	}

	/** A task that runs for so long is long: nothing waits behind it. */
	long patience() {
		return isSteady() ? Math.max(LEAST_PATIENCE, 2 * this.average) : LEAST_PATIENCE;
	}

	private boolean isSteady() {
		return this.average <= TOO_LONG_FOR_FEW && this.deviation <= this.average / 2;
	}

}
