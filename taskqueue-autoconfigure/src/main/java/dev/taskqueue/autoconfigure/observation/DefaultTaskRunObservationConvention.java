package dev.taskqueue.autoconfigure.observation;

import java.util.Locale;

import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskState;
import dev.taskqueue.autoconfigure.observation.TaskQueueObservationDocumentation.LowCardinalityKeys;
import dev.taskqueue.autoconfigure.observation.TaskQueueObservationDocumentation.RunHighCardinalityKeys;
import dev.taskqueue.autoconfigure.observation.TaskQueueObservationDocumentation.RunLowCardinalityKeys;
import io.micrometer.common.KeyValues;

/**
 * {@link TaskRunObservationConvention} as in {@link TaskQueueObservationDocumentation}.
 */
public class DefaultTaskRunObservationConvention implements TaskRunObservationConvention {

	@Override
	public String getName() {
		return "taskqueue.run";
	}

	@Override
	public String getContextualName(TaskRunObservationContext context) {
		return "run " + TypeName.simple(context.getAttempt().type());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(TaskRunObservationContext context) {
		TaskState outcome = context.getOutcome();
		return KeyValues.of(LowCardinalityKeys.QUEUE.withValue(context.getAttempt().queue()),
				LowCardinalityKeys.TYPE.withValue(context.getAttempt().type()), RunLowCardinalityKeys.OUTCOME
					.withValue((outcome != null) ? outcome.name().toLowerCase(Locale.ROOT) : "none"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(TaskRunObservationContext context) {
		TaskEvent attempt = context.getAttempt();
		return KeyValues.of(RunHighCardinalityKeys.TASK.withValue(Long.toString(attempt.id())),
				RunHighCardinalityKeys.ATTEMPT.withValue(Integer.toString(attempt.attempt())),
				RunHighCardinalityKeys.WORKER.withValue(Long.toString(attempt.pid())));
	}

}
