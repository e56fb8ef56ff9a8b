package dev.taskqueue.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.taskqueue.ContextSettings;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.wire.Frame;

/**
 * What the application tells this worker's context, and its queues as they can be used
 * from here. Immutable.
 */
final class ParentQueues implements ContextSettings {

	private final Map<String, String> values;

	private final Map<String, TaskQueue> queues = new HashMap<>();

	ParentQueues(Frame.Context context, Adds adds, int maxPayload) {
		this.values = Map.copyOf(context.values());
		for (String name : context.queues()) {
			this.queues.put(name, new ForwardingQueue(name, adds, maxPayload));
		}
	}

	@Override
	public Map<String, String> values() {
		return this.values;
	}

	@Override
	public Set<String> queues() {
		return Set.copyOf(this.queues.keySet());
	}

	@Override
	public TaskQueue queue(String name) {
		TaskQueue queue = this.queues.get(name);
		if (queue == null) {
			throw new IllegalArgumentException(
					"There is no queue '" + name + "'; tasks can add to " + this.queues.keySet());
		}
		return queue;
	}

}
