package dev.taskqueue.pool;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The last lines somebody wrote, cut where they are long. Thread-safe.
 */
final class LastLines {

	private static final int MOST = 20;

	private static final int LONGEST = 1000;

	private final ArrayDeque<String> lines = new ArrayDeque<>();

	synchronized void add(String line) {
		if (this.lines.size() == MOST) {
			this.lines.removeFirst();
		}
		this.lines.addLast((line.length() > LONGEST) ? line.substring(0, LONGEST) : line);
	}

	/**
	 * What is remembered.
	 * @return a copy, oldest first
	 */
	synchronized List<String> copy() {
		return List.copyOf(this.lines);
	}

}
