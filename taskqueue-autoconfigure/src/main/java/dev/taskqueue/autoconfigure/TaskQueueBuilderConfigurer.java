package dev.taskqueue.autoconfigure;

import java.io.File;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Applies {@link TaskQueueProperties} to a queue's builder. What a value must be like is
 * the builder's to know: here its refusal gets the name of the property, which Spring
 * Boot then shows with the place it was set in.
 */
final class TaskQueueBuilderConfigurer {

	private final TaskQueueProperties properties;

	private final List<String> applicationPackages;

	private final UnaryOperator<String> propertyNames;

	/**
	 * Create a configurer.
	 * @param properties the settings to apply
	 * @param applicationPackages the packages whose classes the application accepts in
	 * results unless the properties say which
	 * @param propertyNames from a setting to the property that has set it
	 */
	TaskQueueBuilderConfigurer(TaskQueueProperties properties, List<String> applicationPackages,
			UnaryOperator<String> propertyNames) {
		this.properties = properties;
		this.applicationPackages = List.copyOf(applicationPackages);
		this.propertyNames = propertyNames;
	}

	/**
	 * Apply the properties.
	 * @param builder the builder to call setters on
	 * @throws InvalidConfigurationPropertyValueException if the builder refuses a value
	 */
	void configure(TaskQueue.Builder builder) {
		TaskQueueProperties from = this.properties;
		set(builder, "mode", from.getMode(), TaskQueue.Builder::mode);
		set(builder, "worker-count", from.getWorkerCount(), TaskQueue.Builder::workerCount);
		set(builder, "requests-per-worker", from.getRequestsPerWorker(), TaskQueue.Builder::requestsPerWorker);
		set(builder, "terminate-timeout", from.getTerminateTimeout(), TaskQueue.Builder::terminateTimeout);
		set(builder, "capacity", from.getCapacity(), TaskQueue.Builder::capacity);
		set(builder, "max-payload", from.getMaxPayload(), (to, size) -> to.maxPayload(size.toBytes()));
		set(builder, "result-filter", resultFilter(), TaskQueue.Builder::resultFilter);
		builder.taskDefaults(taskDefaults(from.getTask()));
		builder.worker(workerOptions(from.getWorker()));
	}

	private @Nullable String resultFilter() {
		if (StringUtils.hasText(this.properties.getResultFilter())) {
			return this.properties.getResultFilter();
		}
		if (this.applicationPackages.isEmpty()) {
			return null;
		}
		return this.applicationPackages.stream().map((name) -> name + ".**").collect(Collectors.joining(";"));
	}

	private TaskOptions taskDefaults(TaskQueueProperties.Task from) {
		TaskOptions options = TaskOptions.defaults();
		options = set(options, "task.timeout", from.getTimeout(), TaskOptions::timeout);
		options = set(options, "task.soft-timeout", from.getSoftTimeout(), TaskOptions::softTimeout);
		options = set(options, "task.grace", from.getGrace(), TaskOptions::grace);
		options = set(options, "task.max-attempts", from.getMaxAttempts(), TaskOptions::maxAttempts);
		options = set(options, "task.backoff", from.getBackoff(), TaskOptions::backoff);
		options = set(options, "task.retry-on", from.getRetryOn(),
				(to, states) -> to.retryOn(states.toArray(TaskState[]::new)));
		options = set(options, "task.queue-timeout", from.getQueueTimeout(), TaskOptions::queueTimeout);
		return options;
	}

	private WorkerOptions workerOptions(TaskQueueProperties.Worker from) {
		WorkerOptions options = WorkerOptions.defaults();
		options = set(options, "worker.java-home", from.getJavaHome(), this::withJavaHome);
		options = set(options, "worker.jvm-args", from.getJvmArgs(), WorkerOptions::withJvmArgs);
		options = set(options, "worker.max-heap", from.getMaxHeap(), (to, size) -> to.withMaxHeap(size.toBytes()));
		options = set(options, "worker.max-memory", from.getMaxMemory(),
				(to, size) -> to.withMaxMemory(size.toBytes()));
		options = set(options, "worker.max-age", from.getMaxAge(), WorkerOptions::withMaxAge);
		options = set(options, "worker.startup-timeout", from.getStartupTimeout(), WorkerOptions::withStartupTimeout);
		options = set(options, "worker.environment", from.getEnvironment(), WorkerOptions::withEnvironment);
		options = set(options, "worker.system-properties", from.getSystemProperties(),
				WorkerOptions::withSystemProperties);
		options = set(options, "worker.class-path", textOrNull(from.getClassPath()), WorkerOptions::withClassPath);
		options = set(options, "worker.command-prefix", from.getCommandPrefix(), WorkerOptions::withCommandPrefix);
		options = set(options, "worker.launch-mode", from.getLaunchMode(), WorkerOptions::withLaunchMode);
		options = set(options, "worker.class-archive", from.isClassArchive(), WorkerOptions::withClassArchive);
		options = set(options, "worker.cache-directory", from.getCacheDirectory(), this::withCacheDirectory);
		return options;
	}

	private WorkerOptions withJavaHome(WorkerOptions options, File javaHome) {
		// What an empty property is converted to.
		return javaHome.getPath().isEmpty() ? options : options.withJavaHome(javaHome.toPath());
	}

	private WorkerOptions withCacheDirectory(WorkerOptions options, File directory) {
		return directory.getPath().isEmpty() ? options : options.withCacheDirectory(directory.toPath());
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

	private <T, V> T set(T target, String property, @Nullable V value, BiFunction<T, V, T> setter) {
		if (value == null) {
			return target;
		}
		try {
			return setter.apply(target, value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(this.propertyNames.apply(property), value,
					"The queue refuses it: " + ex.getMessage() + ".");
		}
	}

}
