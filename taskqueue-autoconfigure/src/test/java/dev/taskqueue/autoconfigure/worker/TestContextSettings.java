package dev.taskqueue.autoconfigure.worker;

import java.util.Map;
import java.util.Set;

import dev.taskqueue.ContextSettings;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.test.InlineTaskQueue;

/** What the engine would hand to a worker's context. */
record TestContextSettings(Map<String, String> values, Map<String, InlineTaskQueue> known) implements ContextSettings {

	@Override
	public Set<String> queues() {
		return this.known.keySet();
	}

	@Override
	public TaskQueue queue(String name) {
		InlineTaskQueue queue = this.known.get(name);
		if (queue == null) {
			throw new IllegalArgumentException(name);
		}
		return queue;
	}

}
