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

	void addFirst(PoolTask task) {
		task.list = this;
		task.next = this.first;
		task.previous = null;
		if (this.first != null) {
			this.first.previous = task;
		}
		else {
			this.last = task;
		}
		this.first = task;
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
