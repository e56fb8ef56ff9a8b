package dev.taskqueue.benchmarks;

import java.util.Set;

import dev.taskqueue.benchmarks.subject.Arguments;

/**
 * One of those that take turns in a scenario.
 *
 * @param name as the table has it
 * @param subject what runs in its process
 * @param settings what it is opened with
 * @param drill what it does in a run
 * @param arguments of the drill; {@code tasks} is added
 */
record Lane(String name, String subject, Arguments settings, String drill, Arguments arguments) {

	static final String TASKQUEUE = "TaskQueue";

	static final String POOL = "multiprocessing.Pool";

	private static final Set<String> POLLING = Set.of("jobrunr", "db-scheduler");

	private static final Set<String> BARE = Set.of("bare-loops", "bare-starts");

	static Lane taskQueue(Arguments settings, String drill, Arguments arguments) {
		return new Lane(TASKQUEUE, "taskqueue", settings, drill, arguments);
	}

	/**
	 * Whether it keeps looking for work where there is none, which would disturb the
	 * others: it is closed between its turns.
	 */
	boolean polls() {
		return POLLING.contains(this.subject);
	}

	/**
	 * Whether it is something that runs tasks.
	 */
	boolean runsTasks() {
		return !BARE.contains(this.subject);
	}

	Lane named(String other) {
		return new Lane(other, this.subject, this.settings, this.drill, this.arguments);
	}

	Lane with(String key, Object value) {
		return new Lane(this.name, this.subject, this.settings, this.drill, this.arguments.with(key, value));
	}

	Lane opened(String key, Object value) {
		return new Lane(this.name, this.subject, this.settings.with(key, value), this.drill, this.arguments);
	}

}
