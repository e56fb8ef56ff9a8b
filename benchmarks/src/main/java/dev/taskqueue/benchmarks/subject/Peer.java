package dev.taskqueue.benchmarks.subject;

/**
 * Something that runs tasks: what TaskQueue and those one could pick instead have in
 * common.
 */
interface Peer {

	String version();

	void open(Arguments settings) throws Exception;

	/** Add a task of a kind. */
	Pending add(Work work);

	void close() throws Exception;

	/**
	 * A task that was added.
	 */
	interface Pending {

		/** Wait for its end. */
		void await() throws Exception;

	}

}
