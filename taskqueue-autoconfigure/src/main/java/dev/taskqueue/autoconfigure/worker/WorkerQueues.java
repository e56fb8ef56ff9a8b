package dev.taskqueue.autoconfigure.worker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.taskqueue.ContextSettings;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.LeanContextSettings.Candidate;

/**
 * The application's queues, as a worker can use them. Its presence as a singleton is what
 * tells a worker's context from the application's.
 */
final class WorkerQueues {

	static final String BEAN_NAME = WorkerQueues.class.getName();

	private final ContextSettings settings;

	private final Map<String, Candidate> candidates;

	WorkerQueues(ContextSettings settings, Map<String, Candidate> candidates) {
		this.settings = settings;
		Map<String, Candidate> known = new LinkedHashMap<>();
		for (String name : settings.queues()) {
			known.put(name, candidates.getOrDefault(name, Candidate.REGULAR));
		}
		this.candidates = Collections.unmodifiableMap(known);
	}

	/**
	 * The queues.
	 * @return where each stands in the application, by name
	 */
	Map<String, Candidate> candidates() {
		return this.candidates;
	}

	/**
	 * A queue whose {@code add} goes to the application.
	 * @param name one of the names
	 * @return the queue
	 */
	TaskQueue queue(String name) {
		return this.settings.queue(name);
	}

}
