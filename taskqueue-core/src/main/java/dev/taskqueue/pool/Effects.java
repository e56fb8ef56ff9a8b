package dev.taskqueue.pool;

import dev.taskqueue.wire.TaskPage.Claim;

/**
 * What the decisions have done to the world. Called in the supervisor's thread; nothing
 * here blocks or fails: what goes wrong comes back as an event. Workers go by their
 * number, which is never used twice.
 */
interface Effects {

	/**
	 * Launch a process; one that is ahead of its need leaves the processors to others
	 * until {@link #hurry}. Comes back as hello and ready, or as exited.
	 */
	void launch(int worker, boolean ahead);

	/** Let a worker that was launched ahead have the processors like any other. */
	void hurry(int worker);

	/** How many tasks can be with a worker at the same time, or under way to it. */
	int slots();

	/** Send a task, its claim noted first. Those of a worker are begun in this order. */
	void send(int worker, PoolTask task);

	/** Of those a worker was sent, this one runs now; 0 for none. */
	void runs(int worker, long task);

	/** Take back a task that was sent; whether that came before its start. */
	boolean recall(int worker, PoolTask task);

	/** Interrupt a task, if it still runs. */
	void interrupt(int worker, PoolTask task);

	/** Ask where a task is. May come back as stack. */
	void dump(int worker, PoolTask task);

	/** Ask where a worker's start is. May come back with the report of its end. */
	void dumpStart(int worker);

	/** Who had got hold of a task when its worker ended. */
	Claim claim(int worker, PoolTask task);

	/** The resident set of a worker's process, -1 if it cannot be told. */
	long residentBytes(int worker);

	/** Ask a worker to leave. Comes back as exited. */
	void stop(int worker);

	/** Kill a worker. Comes back as exited. */
	void kill(int worker);

	/** Tell whoever listens. */
	void notice(Notice notice);

	/** The queue is closed and no worker is left; so many tasks were cancelled for it. */
	void terminated(long cancelled);

}
