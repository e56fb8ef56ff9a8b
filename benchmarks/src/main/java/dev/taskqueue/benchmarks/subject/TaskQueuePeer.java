package dev.taskqueue.benchmarks.subject;

import dev.taskqueue.TaskQueue;

/**
 * TaskQueue, for the drills all peers know.
 */
final class TaskQueuePeer implements Peer {

	private final TaskQueue queue;

	TaskQueuePeer(TaskQueue queue) {
		this.queue = queue;
	}

	@Override
	public String version() {
		return TaskQueueSubject.VERSION;
	}

	@Override
	public void open(Arguments settings) {
		// It is
	}

	@Override
	public Pending add(Work work) {
		return this.queue.add(work)::join;
	}

	@Override
	public void close() {
		// Not by us
	}

}
