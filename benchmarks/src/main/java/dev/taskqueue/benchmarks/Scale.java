package dev.taskqueue.benchmarks;

/**
 * How much of everything.
 */
enum Scale {

	/** For numbers one can show. */
	FULL(5, 1, 3),

	/** For a first idea. */
	QUICK(3, 0.3, 0.6),

	/** To see that it runs: the numbers mean nothing. */
	SMOKE(1, 0, 0);

	private final int rounds;

	private final double share;

	private final double warmUpSeconds;

	Scale(int rounds, double share, double warmUpSeconds) {
		this.rounds = rounds;
		this.share = share;
		this.warmUpSeconds = warmUpSeconds;
	}

	int rounds() {
		return this.rounds;
	}

	double warmUpSeconds() {
		return this.warmUpSeconds;
	}

	/** As many tasks as take about so many seconds. */
	Load about(double seconds, int least, int most) {
		return (this == SMOKE) ? new Load(0, least, least) : new Load(seconds * this.share, least, most);
	}

	/** So many tasks. A quick run has fewer. */
	Load exactly(int tasks, int least) {
		int scaled = Math.max(least, (int) (tasks * this.share));
		return new Load(0, scaled, scaled);
	}

	/** A number that belongs to what is asked, and is only smaller where that is not. */
	int number(int full, int smoke) {
		return (this == SMOKE) ? smoke : full;
	}

}
