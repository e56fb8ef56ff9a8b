package dev.taskqueue.pool;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

import dev.taskqueue.BeanFunction;
import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanTask;
import dev.taskqueue.CallableTask;
import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueMode;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskObserver;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.wire.BeanCall;
import dev.taskqueue.wire.DiagnosticContext;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.LambdaForm;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import dev.taskqueue.wire.TaskDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The queue its callers hold: what happens in their threads. Refuses at the door, or
 * serializes the task and posts it to the {@link Engine}.
 */
public class PoolTaskQueue implements TaskQueue {

	/** How long a termination waits for the application's logging at its end. */
	private static final long LOG_GRACE_MILLIS = 1000;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final PoolSettings settings;

	private final @Nullable TaskObserver observer;

	private final TaskSpec defaultSpec;

	private final Gate gate;

	private final Engine engine;

	private final PoolHandle.Context context;

	private final Object lifeCycle = new Object();

	/** Guarded by lifeCycle. */
	private boolean started;

	/**
	 * Guarded by lifeCycle: the last termination, ends with the number of tasks it
	 * cancelled.
	 */
	private @Nullable CompletableFuture<Long> termination;

	PoolTaskQueue(PoolSettings settings, @Nullable TaskObserver observer, Engine.Factory factory) {
		if (System.getProperty("dev.taskqueue.worker") != null) {
			throw new IllegalStateException(
					("A worker process cannot have workers of its own: queue '%s' is refused; add to the application's "
							+ "queues, which a WorkerContext gets from ContextSettings.queue")
						.formatted(settings.name()));
		}
		this.settings = settings;
		this.observer = observer;
		this.gate = new Gate(settings.name(), settings.limits().capacity());
		this.engine = factory.create(settings.of(this), this.gate, this::terminated);
		this.defaultSpec = this.engine.spec(settings.taskDefaults());
		ObjectInputFilter filter = (settings.resultFilter() != null)
				? ObjectInputFilter.Config.createFilter(settings.resultFilter()) : null;
		this.context = new PoolHandle.Context(settings.name(), this.engine.callbacks(),
				(task) -> this.engine.post((decisions, now) -> decisions.cancel(task, now)), this.engine::beforeWait,
				filter);
	}

	/**
	 * Create a queue. Starts nothing.
	 * @param mode where it runs its tasks
	 * @param settings its settings
	 * @param observer accompanies its tasks
	 * @return a new queue
	 * @throws IllegalStateException inside a worker process
	 */
	public static TaskQueue create(QueueMode mode, PoolSettings settings, @Nullable TaskObserver observer) {
		return switch (mode) {
			case PROCESS -> new PoolTaskQueue(settings, observer, Supervisor::new);
			case INLINE -> new CallingThreadTaskQueue(settings, observer);
		};
	}

	Engine engine() {
		return this.engine;
	}

	@Override
	public TaskHandle<@Nullable Void> add(Task task) {
		return enter(task, null, this.settings.taskDefaults(), this.defaultSpec, false);
	}

	@Override
	public TaskHandle<@Nullable Void> add(Task task, TaskOptions options) {
		TaskOptions effective = options.orElse(this.settings.taskDefaults());
		return enter(task, null, effective, this.engine.spec(effective), false);
	}

	@Override
	public <R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task) {
		return enter(task, null, this.settings.taskDefaults(), this.defaultSpec, true);
	}

	@Override
	public <R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task, TaskOptions options) {
		TaskOptions effective = options.orElse(this.settings.taskDefaults());
		return enter(task, null, effective, this.engine.spec(effective), true);
	}

	@Override
	public <B> TaskHandle<@Nullable Void> add(BeanRef<B> bean, BeanTask<B> task, TaskOptions options) {
		TaskOptions effective = options.orElse(this.settings.taskDefaults());
		return enter(task, Objects.requireNonNull(bean, "bean"), effective, this.engine.spec(effective), false);
	}

	@Override
	public <B, R extends @Nullable Object> TaskHandle<R> submit(BeanRef<B> bean, BeanFunction<B, R> task,
			TaskOptions options) {
		TaskOptions effective = options.orElse(this.settings.taskDefaults());
		return enter(task, Objects.requireNonNull(bean, "bean"), effective, this.engine.spec(effective), true);
	}

	@Override
	public long length() {
		return this.gate.length();
	}

	@Override
	public long processed() {
		return this.gate.processed();
	}

	@Override
	public TaskQueueSnapshot snapshot() {
		return this.engine.snapshot().join();
	}

	@Override
	public TaskQueueSnapshot recentSnapshot() {
		return this.engine.recentSnapshot();
	}

	@Override
	public void start() {
		while (true) {
			CompletableFuture<Long> ending;
			synchronized (this.lifeCycle) {
				ending = this.termination;
				if (ending == null || ending.isDone()) {
					open();
					break;
				}
			}
			ending.join();
		}
		this.engine.post((decisions, now) -> {
			// Where the engine is this thread, it now runs what has waited
		});
	}

	@Override
	public void pause() {
		this.engine.post((decisions, now) -> decisions.pause());
	}

	@Override
	public void resume() {
		this.engine.post((decisions, now) -> decisions.resume());
	}

	@Override
	public boolean terminate(Duration timeout) {
		return end(timeout) == 0;
	}

	@Override
	public boolean terminate() {
		return terminate(this.settings.terminateTimeout());
	}

	@Override
	public void close() {
		boolean first;
		synchronized (this.lifeCycle) {
			first = this.termination == null;
		}
		long cancelled = end(this.settings.terminateTimeout());
		if (first && cancelled > 0) {
			logger.warn(
					"Queue '{}' was closed and has cancelled {} tasks that were not finished after {}; "
							+ "raise taskqueue.terminate-timeout to give them more time",
					this.settings.name(), cancelled, this.settings.terminateTimeout());
		}
	}

	@Override
	public String toString() {
		return "TaskQueue '%s' (%d tasks, %d processed)".formatted(this.settings.name(), length(), processed());
	}

	/** Refuse a task that needs a bean where there is none. */
	void checkBeans() {
		if (this.settings.beans().context() == null) {
			throw new NoWorkerContextException(
					"Queue '%s' refuses a task that needs a bean: its workers have none; set taskqueue.worker.spring.enabled=true, "
						.formatted(this.settings.name()) + "or configure TaskQueue.Builder.workerContext");
		}
	}

	String name() {
		return this.settings.name();
	}

	private <R extends @Nullable Object> TaskHandle<R> enter(Object task, @Nullable BeanRef<?> bean,
			TaskOptions options, TaskSpec spec, boolean callable) {
		Objects.requireNonNull(task, "task");
		if (this.observer == null) {
			return enter(task, bean, options, spec, callable, null);
		}
		return this.observer.observe(this.settings.name(), LambdaForm.stableName(task.getClass()),
				(follower) -> enter(task, bean, options, spec, callable, follower));
	}

	private <R extends @Nullable Object> TaskHandle<R> enter(Object task, @Nullable BeanRef<?> bean,
			TaskOptions options, TaskSpec spec, boolean callable, @Nullable TaskQueueListener follower) {
		this.gate.checkOpen();
		if (bean != null) {
			checkBeans();
		}
		String named = options.description();
		Object description = (named != null) ? TaskDescription.cut(named) : TaskDescription.of(task);
		byte[] kept = serialize((bean != null) ? new BeanCall(bean.type(), bean.name(), task) : task);
		return admit((id) -> new PoolHandle<>(this.context, id, description, task.getClass(), options.resultType(),
				stateAtFirst(spec)), spec, callable, kept, follower);
	}

	/**
	 * Let in a task that comes from a worker, with all that holds for others at this
	 * door. Its bytes are nobody's to read here, and nobody waits for its result.
	 * @return its id
	 */
	long enter(Frame.Add add) {
		this.gate.checkOpen();
		if (add.bean()) {
			checkBeans();
		}
		if (add.payload().length > this.settings.limits().maxPayload()) {
			throw new PayloadTooLargeException(
					"Queue '%s' refuses a task: it takes %d bytes, and %d are allowed; carry less, or raise max-payload"
						.formatted(this.settings.name(), add.payload().length, this.settings.limits().maxPayload()));
		}
		TaskSpec spec = this.engine.spec(TaskOptions.of(add.options()).orElse(this.settings.taskDefaults()));
		String className = TaskDescription.cut(add.className());
		if (this.observer == null) {
			return enter(add, spec, className, null).id();
		}
		return this.observer
			.<@Nullable Object>observe(this.settings.name(), className,
					(follower) -> enter(add, spec, className, follower))
			.id();
	}

	private PoolHandle<@Nullable Object> enter(Frame.Add add, TaskSpec spec, String className,
			@Nullable TaskQueueListener follower) {
		return admit((id) -> {
			PoolHandle<@Nullable Object> handle = new PoolHandle<>(this.context, id,
					TaskDescription.cut(add.description()), PoolTaskQueue.class, null, stateAtFirst(spec));
			handle.type(className);
			return handle;
		}, spec, add.callable(), add.payload(), follower);
	}

	/** Nothing is in the way of a task any more but the capacity. */
	private <R extends @Nullable Object> PoolHandle<R> admit(LongFunction<PoolHandle<R>> made, TaskSpec spec,
			boolean callable, byte[] kept, @Nullable TaskQueueListener follower) {
		long id = this.gate.enter();
		try {
			PoolHandle<R> handle = made.apply(id);
			PoolTask task = new PoolTask(handle, spec, callable, DiagnosticContext.bounded(MDC.getCopyOfContextMap()),
					kept, this.engine.now());
			handle.pending(task);
			handle.follower(follower);
			this.engine.post(task);
			return handle;
		}
		catch (OutOfMemoryError ex) {
			this.gate.retreat(); // or a termination would wait for it
			throw ex;
		}
	}

	private static TaskState stateAtFirst(TaskSpec spec) {
		return (spec.delay() > 0) ? TaskState.DELAYED : TaskState.WAITING;
	}

	private byte[] serialize(Object task) {
		try {
			return Payloads.keep(task, this.settings.limits().maxPayload(), this.settings.hasOwnClasses());
		}
		catch (PayloadException ex) {
			String message = "Queue '%s' refuses a task: %s".formatted(this.settings.name(), ex.getMessage());
			throw ex.tooLarge() ? new PayloadTooLargeException(message) : new TaskNotSerializableException(message, ex);
		}
	}

	/** Called under the life cycle's lock. */
	private void open() {
		if (this.started && this.termination == null) {
			return;
		}
		this.engine.start();
		this.started = true;
		this.termination = null;
		this.gate.open();
	}

	private long end(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("timeout must not be negative, but is " + timeout);
		}
		CompletableFuture<Long> ending;
		boolean first;
		synchronized (this.lifeCycle) {
			ending = this.termination;
			first = ending == null;
			if (ending == null) {
				this.gate.close();
				ending = new CompletableFuture<>();
				this.termination = ending;
			}
		}
		if (first) {
			this.engine.terminate(TaskSpec.nanos(timeout));
		}
		long cancelled = await(ending);
		awaitLog();
		return cancelled;
	}

	private long await(CompletableFuture<Long> ending) {
		try {
			return ending.get();
		}
		catch (InterruptedException ex) {
			this.engine.post(PoolDecisions::expire);
			ending.join();
			Thread.currentThread().interrupt();
			return -1;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex); // never completed exceptionally
		}
	}

	/** What the workers said before their end shall be in the log when we return. */
	private void awaitLog() {
		try {
			this.engine.flushed().get(LOG_GRACE_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Queue '{}': the application's logging, or a listener, is slow", this.settings.name(), ex);
		}
	}

	private void terminated(long cancelled) {
		CompletableFuture<Long> ending;
		synchronized (this.lifeCycle) {
			ending = this.termination;
		}
		if (ending != null) {
			ending.complete(cancelled);
		}
	}

}
