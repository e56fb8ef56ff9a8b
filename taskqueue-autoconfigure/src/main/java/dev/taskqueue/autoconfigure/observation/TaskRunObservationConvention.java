package dev.taskqueue.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observation {@code taskqueue.run}. A bean of this type takes the
 * place of {@link DefaultTaskRunObservationConvention}.
 */
public interface TaskRunObservationConvention extends ObservationConvention<TaskRunObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof TaskRunObservationContext;
	}

}
