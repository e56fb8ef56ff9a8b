package dev.taskqueue.pool;

/**
 * Something that happened outside the supervisor's thread and is posted to its inbox.
 */
@FunctionalInterface
interface PoolEvent {

	/**
	 * Tell the decisions. Called in the supervisor's thread.
	 * @param decisions the pool's decisions
	 * @param now the time, on the monotonic clock
	 */
	void apply(PoolDecisions decisions, long now);

}
