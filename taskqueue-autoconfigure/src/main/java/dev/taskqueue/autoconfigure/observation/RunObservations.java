package dev.taskqueue.autoconfigure.observation;

import java.time.Duration;

import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskQueueListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one task's attempts, one after the other. Lives as long as the task
 * and is called on the listeners' thread of its queue, which tells the end of whatever it
 * has told the start of: no observation stays open.
 */
final class RunObservations implements TaskQueueListener {

	private static final TaskRunObservationConvention DEFAULT = new DefaultTaskRunObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable TaskRunObservationConvention convention;

	private final Observation parent;

	/** That of the attempt under way, and what is known of it. */
	private @Nullable Observation run;

	private @Nullable TaskRunObservationContext context;

	RunObservations(ObservationRegistry registry, @Nullable TaskRunObservationConvention convention,
			Observation parent) {
		this.registry = registry;
		this.convention = convention;
		this.parent = parent;
	}

	@Override
	public void taskStarted(TaskEvent task) {
		stop(null); // its worker ended before it had begun, and now it runs elsewhere
		TaskRunObservationContext started = new TaskRunObservationContext(task);
		this.context = started;
		this.run = TaskQueueObservationDocumentation.RUN
			.observation(this.convention, DEFAULT, () -> started, this.registry)
			.parentObservation(this.parent)
			.start();
	}

	@Override
	public void taskRetried(TaskEvent task, TaskEvent.End end, Duration backoff) {
		stop(end);
	}

	@Override
	public void taskFinished(TaskEvent task, TaskEvent.End end) {
		stop(end);
	}

	private void stop(TaskEvent.@Nullable End end) {
		Observation observation = this.run;
		if (observation == null) {
			return;
		}
		this.run = null;
		if (end != null && this.context != null) {
			this.context.setOutcome(end.state());
			if (end.failure() != null) {
				observation.error(end.failure());
			}
		}
		observation.stop();
	}

}
