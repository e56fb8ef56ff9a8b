package dev.taskqueue.worker;

import java.time.Duration;
import java.util.Objects;

import dev.taskqueue.BeanFunction;
import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanTask;
import dev.taskqueue.CallableTask;
import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.wire.BeanCall;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.LambdaForm;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import dev.taskqueue.wire.TaskDescription;
import org.jspecify.annotations.Nullable;

/**
 * One of the application's queues inside a worker: what is added here is added there.
 * Everything else is the application's.
 */
final class ForwardingQueue implements TaskQueue {

	private final String name;

	private final Adds adds;

	private final int maxPayload;

	ForwardingQueue(String name, Adds adds, int maxPayload) {
		this.name = name;
		this.adds = adds;
		this.maxPayload = maxPayload;
	}

	@Override
	public TaskHandle<@Nullable Void> add(Task task) {
		return forward(task, null, TaskOptions.defaults(), false);
	}

	@Override
	public TaskHandle<@Nullable Void> add(Task task, TaskOptions options) {
		return forward(task, null, options, false);
	}

	@Override
	public <R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task) {
		return forward(task, null, TaskOptions.defaults(), true);
	}

	@Override
	public <R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task, TaskOptions options) {
		return forward(task, null, options, true);
	}

	@Override
	public <B> TaskHandle<@Nullable Void> add(BeanRef<B> bean, BeanTask<B> task, TaskOptions options) {
		return forward(task, Objects.requireNonNull(bean, "bean"), options, false);
	}

	@Override
	public <B, R extends @Nullable Object> TaskHandle<R> submit(BeanRef<B> bean, BeanFunction<B, R> task,
			TaskOptions options) {
		return forward(task, Objects.requireNonNull(bean, "bean"), options, true);
	}

	@Override
	public long length() {
		throw notHere("its length");
	}

	@Override
	public long processed() {
		throw notHere("its counters");
	}

	@Override
	public TaskQueueSnapshot snapshot() {
		throw notHere("a snapshot of it");
	}

	@Override
	public void start() {
		throw notHere("its start");
	}

	@Override
	public void pause() {
		throw notHere("its pause");
	}

	@Override
	public void resume() {
		throw notHere("its resumption");
	}

	@Override
	public boolean terminate(Duration timeout) {
		throw notHere("its termination");
	}

	@Override
	public boolean terminate() {
		throw notHere("its termination");
	}

	@Override
	public void close() {
		// It is the application's, and stays open
	}

	@Override
	public String toString() {
		return "TaskQueue '" + this.name + "' of the application";
	}

	private <R extends @Nullable Object> TaskHandle<R> forward(Object task, @Nullable BeanRef<?> bean,
			TaskOptions options, boolean callable) {
		Objects.requireNonNull(task, "task");
		String named = options.description();
		String description = (named != null) ? TaskDescription.cut(named)
				: TaskDescription.text(TaskDescription.of(task));
		byte[] payload = serialize((bean != null) ? new BeanCall(bean.type(), bean.name(), task) : task);
		Frame.Added answer = this.adds
			.send(new Frame.Add(0, this.name, description, LambdaForm.stableName(task.getClass()), callable,
					bean != null, options.toMap(), TaskMdc.current(), payload));
		if (answer.refusal() != null) {
			throw refusal(answer.refusal(), String.valueOf(answer.message()));
		}
		return new ForwardedHandle<>(answer.task(), this.name);
	}

	private byte[] serialize(Object task) {
		try {
			return Payloads.write(task, this.maxPayload);
		}
		catch (PayloadException ex) {
			String message = "Queue '" + this.name + "' refuses a task: " + ex.getMessage();
			throw ex.tooLarge() ? new PayloadTooLargeException(message) : new TaskNotSerializableException(message, ex);
		}
	}

	/** As it would be thrown by the queue itself. */
	private static RuntimeException refusal(String className, String message) {
		return switch (className) {
			case "dev.taskqueue.QueueClosedException" -> new QueueClosedException(message);
			case "dev.taskqueue.QueueFullException" -> new QueueFullException(message);
			case "dev.taskqueue.PayloadTooLargeException" -> new PayloadTooLargeException(message);
			case "dev.taskqueue.NoWorkerContextException" -> new NoWorkerContextException(message);
			case "java.lang.IllegalArgumentException" -> new IllegalArgumentException(message);
			default -> new TaskQueueException(message);
		};
	}

	private UnsupportedOperationException notHere(String what) {
		return new UnsupportedOperationException("Queue '" + this.name + "' is the application's, and so is " + what
				+ "; a worker can only add tasks to it");
	}

}
