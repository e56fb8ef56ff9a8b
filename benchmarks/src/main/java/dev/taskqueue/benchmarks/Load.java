package dev.taskqueue.benchmarks;

/**
 * How many tasks a run has: as many as a lane gets through in a time, so that the fast
 * are not measured too shortly nor the slow for ever.
 *
 * @param seconds the time
 * @param least tasks in any case
 * @param most tasks in any case
 */
record Load(double seconds, int least, int most) {

	/** Tasks for a lane that has taken so long for so many. */
	int tasks(int tasks, double taken) {
		return (int) Math.max(this.least, Math.min(this.most, this.seconds / taken * tasks));
	}

}
