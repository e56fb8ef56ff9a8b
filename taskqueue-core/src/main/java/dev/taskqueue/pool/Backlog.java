package dev.taskqueue.pool;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait, highest priority first and in the order of adding inside one.
 * Owned by the supervisor.
 */
final class Backlog {

	private final TreeMap<Integer, TaskList> lists = new TreeMap<>(Comparator.reverseOrder());

	private long size;

	void addLast(PoolTask task) {
		listFor(task).addLast(task);
		this.size++;
	}

	/** For a task that comes back without having run: it keeps its turn. */
	void addFirst(PoolTask task) {
		listFor(task).addFirst(task);
		this.size++;
	}

	@Nullable PoolTask poll() {
		Map.Entry<Integer, TaskList> entry = this.lists.firstEntry();
		PoolTask first = (entry != null) ? entry.getValue().peekFirst() : null;
		if (first != null) {
			remove(first);
		}
		return first;
	}

	void remove(PoolTask task) {
		TaskList list = task.list;
		if (list == null) {
			throw new IllegalStateException(task.handle + " does not wait");
		}
		list.remove(task);
		this.size--;
		if (list.isEmpty()) {
			this.lists.remove(task.spec.priority());
		}
	}

	long size() {
		return this.size;
	}

	private TaskList listFor(PoolTask task) {
		return this.lists.computeIfAbsent(task.spec.priority(), (priority) -> new TaskList());
	}

}
