package dev.taskqueue.pool;

import java.util.List;

/**
 * A worker's process and everything it has started.
 */
final class ProcessTree {

	private final Process process;

	ProcessTree(Process process) {
		this.process = process;
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * End them all by force. The children are looked up first: once their parent is gone
	 * nobody knows whose they were.
	 */
	void kill() {
		List<ProcessHandle> descendants = this.process.descendants().toList();
		this.process.destroyForcibly();
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

}
