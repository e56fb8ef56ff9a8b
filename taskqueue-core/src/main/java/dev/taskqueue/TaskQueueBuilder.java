package dev.taskqueue;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.taskqueue.pool.BeanSettings;
import dev.taskqueue.pool.PoolSettings;
import dev.taskqueue.pool.PoolTaskQueue;
import org.jspecify.annotations.Nullable;

/**
 * Checks settings at the door. The only class of this package that knows the pool.
 */
final class TaskQueueBuilder implements TaskQueue.Builder {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

	private static final long LARGEST_PAYLOAD = 1L << 30;

	/** They travel in one frame, which has a limit. */
	private static final int MOST_CONTEXT_CHARACTERS = 500_000;

	private String name = "taskQueue";

	private int workerCount = Runtime.getRuntime().availableProcessors();

	private int requestsPerWorker;

	private int capacity;

	private long maxPayload = 64L << 20;

	private Duration terminateTimeout = Duration.ofSeconds(5);

	private TaskOptions taskDefaults = TaskOptions.defaults();

	private WorkerOptions worker = WorkerOptions.defaults();

	private @Nullable String resultFilter;

	private QueueMode mode = QueueMode.PROCESS;

	private final List<TaskQueueListener> listeners = new ArrayList<>();

	private @Nullable TaskObserver observer;

	private BeanSettings beans = BeanSettings.NONE;

	@Override
	public TaskQueue.Builder name(String name) {
		require(NAME.matcher(name).matches(), "name must match %s, but is '%s'", NAME, name);
		this.name = name;
		return this;
	}

	@Override
	public TaskQueue.Builder workerCount(int workerCount) {
		require(workerCount >= 1, "workerCount must be at least 1, but is %s", workerCount);
		this.workerCount = workerCount;
		return this;
	}

	@Override
	public TaskQueue.Builder requestsPerWorker(int requestsPerWorker) {
		require(requestsPerWorker >= 0, "requestsPerWorker must be 0 (no limit) or more, but is %s", requestsPerWorker);
		this.requestsPerWorker = requestsPerWorker;
		return this;
	}

	@Override
	public TaskQueue.Builder capacity(int capacity) {
		require(capacity >= 0, "capacity must be 0 (no limit) or more, but is %s", capacity);
		this.capacity = capacity;
		return this;
	}

	@Override
	public TaskQueue.Builder maxPayload(long bytes) {
		require(bytes >= 1 && bytes <= LARGEST_PAYLOAD, "maxPayload must be from 1 to %s bytes, but is %s",
				LARGEST_PAYLOAD, bytes);
		this.maxPayload = bytes;
		return this;
	}

	@Override
	public TaskQueue.Builder terminateTimeout(Duration timeout) {
		require(!timeout.isNegative(), "terminateTimeout must not be negative, but is %s", timeout);
		this.terminateTimeout = timeout;
		return this;
	}

	@Override
	public TaskQueue.Builder taskDefaults(TaskOptions defaults) {
		Objects.requireNonNull(defaults, "defaults");
		require(defaults.description() == null, "taskDefaults must not set a description, but set '%s'",
				defaults.description());
		this.taskDefaults = defaults;
		return this;
	}

	@Override
	public TaskQueue.Builder worker(WorkerOptions options) {
		this.worker = Objects.requireNonNull(options, "options");
		return this;
	}

	@Override
	public TaskQueue.Builder resultFilter(String pattern) {
		try {
			ObjectInputFilter.Config.createFilter(pattern);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("resultFilter is not a serialization filter pattern: " + pattern
					+ "; write it as for -Djdk.serialFilter, for example 'com.acme.model.**'", ex);
		}
		this.resultFilter = pattern;
		return this;
	}

	@Override
	public TaskQueue.Builder listener(TaskQueueListener listener) {
		this.listeners.add(Objects.requireNonNull(listener, "listener"));
		return this;
	}

	@Override
	public TaskQueue.Builder observer(TaskObserver observer) {
		this.observer = Objects.requireNonNull(observer, "observer");
		return this;
	}

	@Override
	public TaskQueue.Builder mode(QueueMode mode) {
		this.mode = Objects.requireNonNull(mode, "mode");
		return this;
	}

	@Override
	public TaskQueue.Builder workerContext(Map<String, String> values) {
		int characters = values.entrySet()
			.stream()
			.mapToInt((value) -> value.getKey().length() + value.getValue().length())
			.sum();
		require(characters <= MOST_CONTEXT_CHARACTERS,
				"workerContext's values must not have more than %s characters in all, but have %s",
				MOST_CONTEXT_CHARACTERS, characters);
		this.beans = new BeanSettings(values, this.beans.inline(), this.beans.queues(), this.beans.lookup());
		return this;
	}

	@Override
	public TaskQueue.Builder reachableQueues(Set<String> names, Function<String, @Nullable TaskQueue> lookup) {
		Objects.requireNonNull(lookup, "lookup");
		require(!names.isEmpty(), "reachableQueues must name a queue at least, but names %s", names);
		this.beans = new BeanSettings(this.beans.context(), this.beans.inline(), names, lookup);
		return this;
	}

	@Override
	public TaskQueue.Builder beans(BeanSource source) {
		Objects.requireNonNull(source, "source");
		this.beans = new BeanSettings(this.beans.context(), source, this.beans.queues(), this.beans.lookup());
		return this;
	}

	@Override
	public TaskQueue build() {
		return PoolTaskQueue.create(this.mode,
				new PoolSettings(this.name,
						new PoolSettings.Limits(this.workerCount, this.requestsPerWorker, this.capacity,
								(int) this.maxPayload),
						this.terminateTimeout, this.taskDefaults, this.worker, this.resultFilter, this.listeners,
						this.beans),
				this.observer);
	}

	@Override
	public TaskQueue start() {
		TaskQueue queue = build();
		queue.start();
		return queue;
	}

	private static void require(boolean condition, String format, @Nullable Object... args) {
		if (!condition) {
			throw new IllegalArgumentException(String.format(format, args));
		}
	}

}
