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

	/** That of the highest priority. */
	private @Nullable TaskList first;

	private long size;

	void addLast(PoolTask task) {
		listFor(task).addLast(task);
		this.size++;
	}

	/** For a task that comes back without having run: it keeps its turn. */
	void addInTurn(PoolTask task) {
		listFor(task).addInTurn(task);
		this.size++;
	}

	@Nullable PoolTask peek() {
		TaskList first = this.first;
		return (first != null) ? first.peekFirst() : null;
	}

	@Nullable PoolTask poll() {
		PoolTask first = peek();
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
			lookForFirst();
		}
	}

	long size() {
		return this.size;
	}

	private TaskList listFor(PoolTask task) {
		TaskList known = this.lists.get(task.spec.priority());
		if (known == null) {
			known = new TaskList();
			this.lists.put(task.spec.priority(), known);
			lookForFirst();
		}
		return known;
	}

	private void lookForFirst() {
		Map.Entry<Integer, TaskList> entry = this.lists.firstEntry();
		this.first = (entry != null) ? entry.getValue() : null;
	}

}
