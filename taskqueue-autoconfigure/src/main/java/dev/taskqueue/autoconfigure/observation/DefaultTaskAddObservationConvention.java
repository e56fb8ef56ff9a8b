package dev.taskqueue.autoconfigure.observation;

import dev.taskqueue.autoconfigure.observation.TaskQueueObservationDocumentation.AddHighCardinalityKeys;
import dev.taskqueue.autoconfigure.observation.TaskQueueObservationDocumentation.LowCardinalityKeys;
import io.micrometer.common.KeyValues;

/**
 * {@link TaskAddObservationConvention} as in {@link TaskQueueObservationDocumentation}.
 */
public class DefaultTaskAddObservationConvention implements TaskAddObservationConvention {

	@Override
	public String getName() {
		return "taskqueue.add";
	}

	@Override
	public String getContextualName(TaskAddObservationContext context) {
		return "add " + TypeName.simple(context.getType());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(TaskAddObservationContext context) {
		return KeyValues.of(LowCardinalityKeys.QUEUE.withValue(context.getQueue()),
				LowCardinalityKeys.TYPE.withValue(context.getType()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(TaskAddObservationContext context) {
		Long id = context.getTaskId();
		return (id != null) ? KeyValues.of(AddHighCardinalityKeys.TASK.withValue(id.toString())) : KeyValues.empty();
	}

}
