package dev.taskqueue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What one task asks of the queue. Immutable: each method returns a copy. An option that
 * is not set inherits the queue's default; {@link Duration#ZERO} means none, also where
 * the queue has a default.
 */
public final class TaskOptions {

	private enum Option {

		DESCRIPTION, PRIORITY, DELAY, TIMEOUT, QUEUE_TIMEOUT, RESULT_TYPE

	}

	private static final TaskOptions DEFAULTS = new TaskOptions(new EnumMap<>(Option.class));

	private final Map<Option, Object> values;

	private TaskOptions(Map<Option, Object> values) {
		this.values = values;
	}

	/**
	 * Options with nothing set.
	 * @return the empty options
	 */
	public static TaskOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * How the task is called in logs and monitoring, cut to 200 characters. Default: the
	 * task's {@code toString()}, or class and method for a lambda.
	 * @param description the description
	 * @return a copy with this option
	 */
	public TaskOptions description(String description) {
		return with(Option.DESCRIPTION, description);
	}

	/**
	 * Tasks with a higher priority start first; inside one priority, in the order of
	 * adding. Default 0.
	 * @param priority any number
	 * @return a copy with this option
	 */
	public TaskOptions priority(int priority) {
		return with(Option.PRIORITY, priority);
	}

	/**
	 * How long the task is {@link TaskState#DELAYED} after it was added. Default none.
	 * @param delay zero or more
	 * @return a copy with this option
	 */
	public TaskOptions delay(Duration delay) {
		return with(Option.DELAY, notNegative("delay", delay));
	}

	/**
	 * How long the task may run, counted from its start. Then its worker process is
	 * killed and the task ends {@link TaskState#TIMED_OUT}. Default none.
	 * @param timeout zero (none) or more
	 * @return a copy with this option
	 */
	public TaskOptions timeout(Duration timeout) {
		return with(Option.TIMEOUT, notNegative("timeout", timeout));
	}

	/**
	 * How long the task may be {@link TaskState#WAITING}, counted from the add, or from
	 * when it became due. Then it ends {@link TaskState#TIMED_OUT} without having run.
	 * Default none.
	 * @param timeout zero (none) or more
	 * @return a copy with this option
	 */
	public TaskOptions queueTimeout(Duration timeout) {
		return with(Option.QUEUE_TIMEOUT, notNegative("queueTimeout", timeout));
	}

	/**
	 * The declared type of the result, which the application may then deserialize. Needed
	 * only for types outside the task's own package, the JDK's value types and
	 * collections, and the queue's result filter.
	 * @param type the type
	 * @return a copy with this option
	 */
	public TaskOptions resultType(Class<?> type) {
		return with(Option.RESULT_TYPE, type);
	}

	/**
	 * These options, with {@code defaults} for what they do not set.
	 * @param defaults what to inherit
	 * @return the merged options
	 */
	public TaskOptions orElse(TaskOptions defaults) {
		if (this.values.isEmpty()) {
			return defaults;
		}
		Map<Option, Object> merged = new EnumMap<>(Option.class);
		merged.putAll(defaults.values);
		merged.putAll(this.values);
		return new TaskOptions(merged);
	}

	/**
	 * The description that was set.
	 * @return the description, or {@code null}
	 */
	public @Nullable String description() {
		return (String) this.values.get(Option.DESCRIPTION);
	}

	/**
	 * The priority.
	 * @return the priority, 0 if not set
	 */
	public int priority() {
		Object priority = this.values.get(Option.PRIORITY);
		return (priority != null) ? (Integer) priority : 0;
	}

	/**
	 * The delay.
	 * @return the delay, zero if not set
	 */
	public Duration delay() {
		return duration(Option.DELAY);
	}

	/**
	 * The limit of the run time.
	 * @return the limit, zero for none
	 */
	public Duration timeout() {
		return duration(Option.TIMEOUT);
	}

	/**
	 * The limit of the waiting time.
	 * @return the limit, zero for none
	 */
	public Duration queueTimeout() {
		return duration(Option.QUEUE_TIMEOUT);
	}

	/**
	 * The declared type of the result.
	 * @return the type, or {@code null}
	 */
	public @Nullable Class<?> resultType() {
		return (Class<?>) this.values.get(Option.RESULT_TYPE);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TaskOptions options && options.values.equals(this.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return "TaskOptions" + this.values;
	}

	private Duration duration(Option option) {
		Object value = this.values.get(option);
		return (value != null) ? (Duration) value : Duration.ZERO;
	}

	private TaskOptions with(Option option, Object value) {
		Map<Option, Object> copy = new EnumMap<>(Option.class);
		copy.putAll(this.values);
		copy.put(option, Objects.requireNonNull(value, option.name()));
		return new TaskOptions(copy);
	}

	private static Duration notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative, but is " + value);
		}
		return value;
	}

}
