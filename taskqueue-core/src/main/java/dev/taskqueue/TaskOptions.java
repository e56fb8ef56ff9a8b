package dev.taskqueue;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What one task asks of the queue. Immutable: each method returns a copy. An option that
 * is not set inherits the queue's default; {@link Duration#ZERO} means none, also where
 * the queue has a default.
 */
public final class TaskOptions {

	private enum Option {

		DESCRIPTION, PRIORITY, DELAY, TIMEOUT, SOFT_TIMEOUT, GRACE, QUEUE_TIMEOUT, MAX_ATTEMPTS, BACKOFF, RETRY_ON,
		RESULT_TYPE

	}

	private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

	private static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(1);

	private static final Set<TaskState> RETRYABLE = Collections
		.unmodifiableSet(EnumSet.of(TaskState.FAILED, TaskState.TIMED_OUT, TaskState.CRASHED));

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
	 * How long an attempt may run, counted from its start. Then its worker process is
	 * killed with everything it has started, and the task ends
	 * {@link TaskState#TIMED_OUT}. Default none.
	 * @param timeout zero (none) or more
	 * @return a copy with this option
	 */
	public TaskOptions timeout(Duration timeout) {
		return with(Option.TIMEOUT, notNegative("timeout", timeout));
	}

	/**
	 * How long an attempt may run, counted from its start, until its thread is
	 * interrupted. A task that then ends within its {@link #grace(Duration) grace} keeps
	 * its worker; whatever it returns or throws, it ends {@link TaskState#TIMED_OUT}. One
	 * that does not is killed. Default none. Without effect where {@code timeout} is not
	 * longer.
	 * @param timeout zero (none) or more
	 * @return a copy with this option
	 */
	public TaskOptions softTimeout(Duration timeout) {
		return with(Option.SOFT_TIMEOUT, notNegative("softTimeout", timeout));
	}

	/**
	 * How long a task may take to end after its {@code softTimeout}. Default 5 seconds.
	 * @param grace zero (it is killed at once) or more
	 * @return a copy with this option
	 */
	public TaskOptions grace(Duration grace) {
		return with(Option.GRACE, notNegative("grace", grace));
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
	 * How often the task may be attempted: after an attempt that ended as
	 * {@link #retryOn(TaskState...)} says, it is {@link TaskState#DELAYED} by its
	 * {@link #backoff(Duration) backoff} and runs again, in any worker. With more than
	 * one attempt a task can have had its effects more than once. A termination of the
	 * queue waits for no further attempt. Default 1: never twice.
	 * @param maxAttempts 1 or more
	 * @return a copy with this option
	 */
	public TaskOptions maxAttempts(int maxAttempts) {
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("maxAttempts must be at least 1, but is " + maxAttempts);
		}
		return with(Option.MAX_ATTEMPTS, maxAttempts);
	}

	/**
	 * How long the task waits before its second attempt; twice as long before the third,
	 * and so on, up to an hour (or to this value, if it is longer). A random half of each
	 * wait is taken off, so that tasks that failed together do not come back together.
	 * Default 1 second.
	 * @param backoff zero (at once) or more
	 * @return a copy with this option
	 */
	public TaskOptions backoff(Duration backoff) {
		return with(Option.BACKOFF, notNegative("backoff", backoff));
	}

	/**
	 * After which ends of an attempt the task is attempted again, if it has attempts
	 * left. A task that was cancelled, that waited too long, or for which no worker could
	 * be started is not. Default: all three.
	 * @param states any of {@link TaskState#FAILED}, {@link TaskState#TIMED_OUT} and
	 * {@link TaskState#CRASHED}
	 * @return a copy with this option
	 */
	public TaskOptions retryOn(TaskState... states) {
		Set<TaskState> chosen = EnumSet.noneOf(TaskState.class);
		for (TaskState state : states) {
			if (!RETRYABLE.contains(state)) {
				throw new IllegalArgumentException("retryOn takes " + RETRYABLE + ", but was given " + state);
			}
			chosen.add(state);
		}
		return with(Option.RETRY_ON, Collections.unmodifiableSet(chosen));
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
	 * Options as {@link #toMap()} writes them.
	 * @param texts name to value
	 * @return the options
	 * @throws IllegalArgumentException if a name or a value is none
	 */
	public static TaskOptions of(Map<String, String> texts) {
		TaskOptions options = DEFAULTS;
		for (Map.Entry<String, String> text : texts.entrySet()) {
			try {
				options = options.read(Option.valueOf(text.getKey()), text.getValue());
			}
			catch (DateTimeException ex) {
				throw new IllegalArgumentException(text.getKey() + " is no duration: " + text.getValue(), ex);
			}
		}
		return options;
	}

	/**
	 * What is set, as text for another process. Without the result type, which means
	 * something only where the result is read.
	 * @return name to value
	 */
	public Map<String, String> toMap() {
		Map<String, String> texts = new HashMap<>();
		this.values.forEach((option, value) -> {
			if (value instanceof Set<?> states) {
				texts.put(option.name(), states.stream().map(Object::toString).collect(Collectors.joining(",")));
			}
			else if (option != Option.RESULT_TYPE) {
				texts.put(option.name(), value.toString());
			}
		});
		return texts;
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
		return get(Option.PRIORITY, 0);
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
	 * The run time after which the task is interrupted.
	 * @return the limit, zero for none
	 */
	public Duration softTimeout() {
		return duration(Option.SOFT_TIMEOUT);
	}

	/**
	 * The time to end in after an interrupt.
	 * @return the grace, 5 seconds if not set
	 */
	public Duration grace() {
		return get(Option.GRACE, DEFAULT_GRACE);
	}

	/**
	 * The limit of the waiting time.
	 * @return the limit, zero for none
	 */
	public Duration queueTimeout() {
		return duration(Option.QUEUE_TIMEOUT);
	}

	/**
	 * The largest number of attempts.
	 * @return the number, 1 if not set
	 */
	public int maxAttempts() {
		return get(Option.MAX_ATTEMPTS, 1);
	}

	/**
	 * The wait before the second attempt.
	 * @return the backoff, 1 second if not set
	 */
	public Duration backoff() {
		return get(Option.BACKOFF, DEFAULT_BACKOFF);
	}

	/**
	 * The ends of an attempt after which another may follow.
	 * @return an immutable set
	 */
	public Set<TaskState> retryOn() {
		return get(Option.RETRY_ON, RETRYABLE);
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
		return get(option, Duration.ZERO);
	}

	@SuppressWarnings("unchecked") // an option's setter takes the type its getter returns
	private <T> T get(Option option, T otherwise) {
		Object value = this.values.get(option);
		return (value != null) ? (T) value : otherwise;
	}

	private TaskOptions with(Option option, Object value) {
		Map<Option, Object> copy = new EnumMap<>(Option.class);
		copy.putAll(this.values);
		copy.put(option, Objects.requireNonNull(value, option.name()));
		return new TaskOptions(copy);
	}

	private TaskOptions read(Option option, String text) {
		return switch (option) {
			case DESCRIPTION -> description(text);
			case PRIORITY -> priority(Integer.parseInt(text));
			case DELAY -> delay(Duration.parse(text));
			case TIMEOUT -> timeout(Duration.parse(text));
			case SOFT_TIMEOUT -> softTimeout(Duration.parse(text));
			case GRACE -> grace(Duration.parse(text));
			case QUEUE_TIMEOUT -> queueTimeout(Duration.parse(text));
			case MAX_ATTEMPTS -> maxAttempts(Integer.parseInt(text));
			case BACKOFF -> backoff(Duration.parse(text));
			case RETRY_ON -> retryOn(Arrays.stream(text.split(","))
				.filter((state) -> !state.isEmpty())
				.map(TaskState::valueOf)
				.toArray(TaskState[]::new));
			case RESULT_TYPE -> throw new IllegalArgumentException("a result type does not travel");
		};
	}

	private static Duration notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative, but is " + value);
		}
		return value;
	}

}
