package dev.taskqueue.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeTotal;
import dev.taskqueue.WorkerExit;
import dev.taskqueue.WorkerState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Binds the meters of every queue, tagged with its bean's name. They read what the queue
 * counts and publishes anyway: they cost a task nothing, are exact, and answer even when
 * the queue's own thread is held up.
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

	/**
	 * Bind the meters of a queue to a registry that nobody has, for their classes' sake.
	 * @param name any name
	 * @param queue any queue
	 */
	static void loadAhead(String name, TaskQueue queue) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new TaskQueueMetrics(Map.of(name, queue)).bindTo(registry);
		registry.close();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.queues.forEach((name, queue) -> new Meters(registry, name, queue).bind());
	}

	/**
	 * The meters of one queue in one registry.
	 *
	 * @param registry where they go
	 * @param name their tag
	 * @param queue what they read
	 */
	private record Meters(MeterRegistry registry, String name, TaskQueue queue) {

		void bind() {
			gauge("length", "Tasks added and not yet finished", TaskQueue::length);
			gauge("processed", "Tasks finished since the queue was built, whatever their outcome",
					TaskQueue::processed);
			gauge("waiting", "Tasks that are due and not started", of(TaskQueueSnapshot::waiting));
			gauge("running", "Tasks that run in a worker process", of(TaskQueueSnapshot::running));
			gauge("delayed", "Tasks that are not due yet", of(TaskQueueSnapshot::delayed));
			Stream.of(WorkerState.values()).forEach(this::workers);
			Stream.of(TaskState.values()).filter(TaskState::isFinal).forEach(this::runs);
			timer("taskqueue.wait", (snapshot) -> snapshot.totals().waits())
				.description("Attempts that were started, and their time from when they were due")
				.register(this.registry);
			Stream.of(WorkerExit.values()).forEach(this::exits);
		}

		private void gauge(String what, String description, ToDoubleFunction<TaskQueue> value) {
			Gauge.builder("taskqueue." + what, this.queue, value)
				.description(description)
				.baseUnit("tasks")
				.tag("queue", this.name)
				.register(this.registry);
		}

		private void workers(WorkerState state) {
			Gauge
				.builder("taskqueue.workers", this.queue, of(
						(snapshot) -> snapshot.workers().stream().filter((worker) -> worker.state() == state).count()))
				.description("Worker processes that live, by what they do")
				.baseUnit("workers")
				.tag("queue", this.name)
				.tag("state", tag(state))
				.register(this.registry);
		}

		private void runs(TaskState outcome) {
			timer("taskqueue.tasks", (snapshot) -> snapshot.totals().runs(outcome))
				.description("Tasks that have finished, and their run time")
				.tag("outcome", tag(outcome))
				.register(this.registry);
		}

		private void exits(WorkerExit reason) {
			FunctionCounter
				.builder("taskqueue.worker.exits", this.queue, of((snapshot) -> snapshot.totals().exits(reason)))
				.description("Worker processes that have ended, by reason")
				.tag("queue", this.name)
				.tag("reason", tag(reason))
				.register(this.registry);
		}

		private FunctionTimer.Builder<TaskQueue> timer(String meter, Function<TaskQueueSnapshot, TimeTotal> total) {
			return FunctionTimer
				.builder(meter, this.queue, (from) -> total.apply(from.recentSnapshot()).count(),
						(from) -> total.apply(from.recentSnapshot()).time().toNanos(), TimeUnit.NANOSECONDS)
				.tag("queue", this.name);
		}

		private static ToDoubleFunction<TaskQueue> of(ToDoubleFunction<TaskQueueSnapshot> value) {
			return (queue) -> value.applyAsDouble(queue.recentSnapshot());
		}

		private static String tag(Enum<?> value) {
			return value.name().toLowerCase(Locale.ROOT);
		}

	}

}
