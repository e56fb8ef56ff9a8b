package dev.taskqueue.pool;

import org.jspecify.annotations.Nullable;

/**
 * Waiting tasks of one priority, first in, first out. Linked through the tasks
 * themselves: nothing is allocated for a task, and any task leaves at once. Owned by the
 * supervisor.
 */
final class TaskList {

	private @Nullable PoolTask first;

	private @Nullable PoolTask last;

	void addLast(PoolTask task) {
		task.list = this;
		task.previous = this.last;
		task.next = null;
		if (this.last != null) {
			this.last.next = task;
		}
		else {
			this.first = task;
		}
		this.last = task;
	}

	/** Before all that began to wait later: near the beginning, if it was taken there. */
	void addInTurn(PoolTask task) {
		PoolTask later = this.first;
		while (later != null && isBefore(later, task)) {
			later = later.next;
		}
		if (later == null) {
			addLast(task);
			return;
		}
		task.list = this;
		task.next = later;
		task.previous = later.previous;
		if (later.previous != null) {
			later.previous.next = task;
		}
		else {
			this.first = task;
		}
		later.previous = task;
	}

	private static boolean isBefore(PoolTask one, PoolTask other) {
		long byTime = one.waitingSince - other.waitingSince;
		return (byTime != 0) ? byTime < 0 : one.id() < other.id();
	}

	@Nullable PoolTask peekFirst() {
		return this.first;
	}

	void remove(PoolTask task) {
		if (task.previous != null) {
			task.previous.next = task.next;
		}
		else {
			this.first = task.next;
		}
		if (task.next != null) {
			task.next.previous = task.previous;
		}
		else {
			this.last = task.previous;
		}
		task.next = null;
		task.previous = null;
		task.list = null;
	}

	boolean isEmpty() {
		return this.first == null;
	}

}
