package dev.taskqueue.pool;

import java.util.List;

/**
 * A worker's process and everything it has started.
 */
final class ProcessTree {

	private final Process process;

	private final Watchdog watchdog;

	ProcessTree(Process process, Watchdog watchdog) {
		this.process = process;
		this.watchdog = watchdog;
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * End them all by force: the group, which children are in unless they have left it,
	 * and those that were found before, because once their parent is gone nobody knows
	 * whose they were.
	 */
	void kill() {
		List<ProcessHandle> descendants = this.process.descendants().toList();
		this.process.destroyForcibly();
		this.watchdog.end(pid());
		descendants.forEach(ProcessHandle::destroyForcibly);
	}

}
