package dev.taskqueue.autoconfigure;

import java.util.Map;

import dev.taskqueue.TaskQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the gauges of every queue, tagged with its bean's name. They read two counters of
 * the queue, and so cost nothing between two looks at them.
 */
final class TaskQueueMetrics implements MeterBinder {

	private final Map<String, TaskQueue> queues;

	/**
	 * Create a binder.
	 * @param queues the queues by the names of their beans
	 */
	TaskQueueMetrics(Map<String, TaskQueue> queues) {
		this.queues = Map.copyOf(queues);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.queues.forEach((name, queue) -> {
			Gauge.builder("taskqueue.length", queue, TaskQueue::length)
				.description("Tasks added and not yet finished")
				.baseUnit("tasks")
				.tag("queue", name)
				.register(registry);
			Gauge.builder("taskqueue.processed", queue, TaskQueue::processed)
				.description("Tasks finished since the queue was built, whatever their outcome")
				.baseUnit("tasks")
				.tag("queue", name)
				.register(registry);
		});
	}

}
