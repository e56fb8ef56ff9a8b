package dev.taskqueue.autoconfigure.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of a queue's tasks, and their keys.
 */
public enum TaskQueueObservationDocumentation implements ObservationDocumentation {

	/**
	 * A task is added, in the thread that adds it: serialized, and taken or refused.
	 */
	ADD {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultTaskAddObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return AddHighCardinalityKeys.values();
		}

	},

	/**
	 * An attempt of a task in a worker process, as the application sees it. Its parent is
	 * the observation of the call that added the task.
	 */
	RUN {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultTaskRunObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(LowCardinalityKeys.values(), RunLowCardinalityKeys.values());
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return RunHighCardinalityKeys.values();
		}

	};

	/** Keys with few values. */
	public enum LowCardinalityKeys implements KeyName {

		/** The queue's name. */
		QUEUE {
			@Override
			public String asString() {
				return "queue";
			}
		},

		/** The name of the task's class, without anything the task carries. */
		TYPE {
			@Override
			public String asString() {
				return "type";
			}
		}

	}

	/** Keys with few values that only a run has. */
	public enum RunLowCardinalityKeys implements KeyName {

		/**
		 * How the attempt ended: a final state in lower case, or {@code none} while it
		 * runs and if its worker ended before it had begun.
		 */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		}

	}

	/** Keys of an add with many values, which traces have and meters do not. */
	public enum AddHighCardinalityKeys implements KeyName {

		/** The task's id, unless it was refused. */
		TASK {
			@Override
			public String asString() {
				return "taskqueue.task";
			}
		}

	}

	/** Keys of a run with many values, which traces have and meters do not. */
	public enum RunHighCardinalityKeys implements KeyName {

		/** The task's id. */
		TASK {
			@Override
			public String asString() {
				return "taskqueue.task";
			}
		},

		/** Which attempt it is, from 1. */
		ATTEMPT {
			@Override
			public String asString() {
				return "taskqueue.attempt";
			}
		},

		/** The process id of its worker. */
		WORKER {
			@Override
			public String asString() {
				return "taskqueue.worker";
			}
		}

	}

}
