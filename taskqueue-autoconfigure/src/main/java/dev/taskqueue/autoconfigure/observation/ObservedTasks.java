package dev.taskqueue.autoconfigure.observation;

import java.util.function.Function;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskObserver;
import dev.taskqueue.TaskQueueListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes two kinds of observations of every task: of the call that adds it, in its thread,
 * and of each attempt ({@link RunObservations}). The first one is current while the task
 * is serialized and its MDC taken, so a trace id in the MDC goes with the task to its
 * worker. Where the first is switched off, so is the second. Thread-safe.
 */
public final class ObservedTasks implements TaskObserver {

	private static final TaskAddObservationConvention DEFAULT = new DefaultTaskAddObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable TaskAddObservationConvention addConvention;

	private final @Nullable TaskRunObservationConvention runConvention;

	/**
	 * Create an observer. One can serve several queues.
	 * @param registry where observations go; nothing is done while it is a no-op
	 * @param addConvention what differs from {@link DefaultTaskAddObservationConvention}
	 * @param runConvention what differs from {@link DefaultTaskRunObservationConvention}
	 */
	public ObservedTasks(ObservationRegistry registry, @Nullable TaskAddObservationConvention addConvention,
			@Nullable TaskRunObservationConvention runConvention) {
		this.registry = registry;
		this.addConvention = addConvention;
		this.runConvention = runConvention;
	}

	@Override
	public <R extends @Nullable Object> TaskHandle<R> observe(String queue, String type,
			Function<@Nullable TaskQueueListener, TaskHandle<R>> add) {
		if (this.registry.isNoop()) {
			return add.apply(null);
		}
		TaskAddObservationContext context = new TaskAddObservationContext(queue, type);
		Observation observation = TaskQueueObservationDocumentation.ADD.observation(this.addConvention, DEFAULT,
				() -> context, this.registry);
		if (observation.isNoop()) {
			return add.apply(null);
		}
		return observation.observe(() -> {
			TaskHandle<R> handle = add.apply(new RunObservations(this.registry, this.runConvention, observation));
			context.setTaskId(handle.id());
			return handle;
		});
	}

}
