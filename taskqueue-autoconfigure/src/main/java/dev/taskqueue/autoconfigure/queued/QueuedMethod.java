package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.annotation.Queued;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;

/**
 * One method of one bean, and what its annotation says.
 *
 * @param bean the bean's name
 * @param method the bean's own method
 * @param queue the name of the queue, empty for the default
 * @param options the options of its tasks
 * @param afterCommit whether it waits for the end of a transaction
 */
record QueuedMethod(String bean, Method method, String queue, TaskOptions options, boolean afterCommit) {

	private static final String RETURN_TYPES = "Let it return void, a CompletableFuture or a TaskHandle: a call returns "
			+ "before the task has run.";

	/**
	 * Read an annotation.
	 * @param bean the bean's name
	 * @param method the method
	 * @param queued its annotation
	 * @param placeholders resolves those in texts
	 * @return the method
	 * @throws QueuedMethodException if it returns something else, or a text is no
	 * duration
	 */
	static QueuedMethod of(String bean, Method method, Queued queued, UnaryOperator<String> placeholders) {
		Class<?> type = method.getReturnType();
		if (type != void.class && type != CompletableFuture.class && type != TaskHandle.class) {
			throw new QueuedMethodException(bean, method, "returns " + type.getName(), RETURN_TYPES);
		}
		Reader reader = new Reader(bean, method, placeholders);
		return new QueuedMethod(bean, method, reader.text(queued.queue()), reader.options(queued),
				queued.afterCommit());
	}

	boolean returnsFuture() {
		return this.method.getReturnType() == CompletableFuture.class;
	}

	boolean returnsHandle() {
		return this.method.getReturnType() == TaskHandle.class;
	}

	@Override
	public String toString() {
		return this.bean + "." + this.method.getName();
	}

	/** From the annotation's texts to options. */
	private record Reader(String bean, Method method, UnaryOperator<String> placeholders) {

		String text(String value) {
			return this.placeholders.apply(value);
		}

		TaskOptions options(Queued queued) {
			TaskOptions options = TaskOptions.defaults();
			String description = text(queued.description());
			options = options
				.description(StringUtils.hasText(description) ? description : this.bean + "." + this.method.getName());
			options = duration(options, "timeout", queued.timeout(), TaskOptions::timeout);
			options = duration(options, "softTimeout", queued.softTimeout(), TaskOptions::softTimeout);
			options = duration(options, "grace", queued.grace(), TaskOptions::grace);
			options = duration(options, "queueTimeout", queued.queueTimeout(), TaskOptions::queueTimeout);
			options = duration(options, "delay", queued.delay(), TaskOptions::delay);
			options = duration(options, "backoff", queued.backoff(), TaskOptions::backoff);
			options = (queued.priority() != 0) ? options.priority(queued.priority()) : options;
			options = (queued.maxAttempts() != 0) ? maxAttempts(options, queued.maxAttempts()) : options;
			Class<?> result = ResolvableType.forMethodReturnType(this.method).getGeneric().resolve();
			return (result != null) ? options.resultType(result) : options;
		}

		private TaskOptions maxAttempts(TaskOptions options, int attempts) {
			try {
				return options.maxAttempts(attempts);
			}
			catch (IllegalArgumentException ex) {
				throw refusal("maxAttempts", String.valueOf(attempts), ex);
			}
		}

		private TaskOptions duration(TaskOptions options, String attribute, String value,
				BiFunction<TaskOptions, Duration, TaskOptions> setter) {
			String text = text(value);
			if (!StringUtils.hasText(text)) {
				return options;
			}
			try {
				return setter.apply(options, DurationStyle.detectAndParse(text));
			}
			catch (IllegalArgumentException ex) {
				throw refusal(attribute, text, ex);
			}
		}

		private QueuedMethodException refusal(String attribute, String value, IllegalArgumentException ex) {
			return new QueuedMethodException(this.bean, this.method,
					"its '%s' cannot be '%s': %s".formatted(attribute, value, ex.getMessage()),
					"Correct the annotation. Durations look like 30s, 10m or PT1H.");
		}

	}

}
