package dev.taskqueue.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observation {@code taskqueue.add}. A bean of this type takes the
 * place of {@link DefaultTaskAddObservationConvention}.
 */
public interface TaskAddObservationConvention extends ObservationConvention<TaskAddObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof TaskAddObservationContext;
	}

}
