package dev.taskqueue.pool;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.taskqueue.JoinInterruptedException;
import dev.taskqueue.JoinTimeoutException;
import dev.taskqueue.ResultUnreadableException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskState;
import dev.taskqueue.wire.LambdaForm;
import dev.taskqueue.wire.Payloads;
import dev.taskqueue.wire.TaskDescription;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a task. The supervisor moves its state and finishes it; any thread
 * may wait for it. Holds the task's class, never the task.
 *
 * @param <R> the type of the result
 */
final class PoolHandle<R extends @Nullable Object> extends Completion implements TaskHandle<R> {

	/**
	 * What all handles of a queue share.
	 *
	 * @param queue the queue's name
	 * @param callbacks completes the futures of {@link TaskHandle#result()}
	 * @param canceller takes a request to cancel a task that is not final
	 * @param waiting told before a thread waits for a task
	 * @param resultFilter the user's part of the filter for results
	 */
	record Context(String queue, Executor callbacks, Consumer<PoolTask> canceller, Waiting waiting,
			@Nullable ObjectInputFilter resultFilter) {

		/** Where to wait needs no preparation. */
		Context(String queue, Executor callbacks, Consumer<PoolTask> canceller,
				@Nullable ObjectInputFilter resultFilter) {
			this(queue, callbacks, canceller, (handle, nanos) -> nanos, resultFilter);
		}

	}

	/** Told before a thread waits for a task. */
	interface Waiting {

		/**
		 * A thread is about to wait.
		 * @param handle for what
		 * @param nanos for how long
		 * @return how much of that is left to wait
		 */
		long before(PoolHandle<?> handle, long nanos);

	}

	private static final TaskState[] STATES = TaskState.values();

	private final Context context;

	private final long id;

	/** As {@link TaskDescription} keeps it. */
	private final Object description;

	private final Class<?> taskClass;

	/**
	 * Its class where that is not known here; set once before the handle is published.
	 */
	private @Nullable String type;

	private final @Nullable Class<?> resultType;

	/**
	 * The ordinal of its state: a reference would take four bytes, and the collector's
	 * time whenever it changes. Written by the supervisor only.
	 */
	private volatile byte state;

	/** The task until it is final; set once before the handle is published. */
	private volatile @Nullable PoolTask task;

	/** Told of this task alone; set once before the handle is published. */
	private volatile @Nullable TaskQueueListener follower;

	/** Whether listeners are owed the end of the attempt. For the supervisor. */
	boolean startTold;

	PoolHandle(Context context, long id, Object description, Class<?> taskClass, @Nullable Class<?> resultType,
			TaskState state) {
		this.context = context;
		this.id = id;
		this.description = description;
		this.taskClass = taskClass;
		this.resultType = resultType;
		this.state = byteOf(state);
	}

	@Override
	public long id() {
		return this.id;
	}

	@Override
	public TaskState state() {
		return STATES[this.state];
	}

	@Override
	public R join() {
		return valueOf(outcomeWithin(this.context.waiting().before(this, Long.MAX_VALUE), null));
	}

	@Override
	public R join(Duration timeout) {
		return valueOf(outcomeWithin(this.context.waiting().before(this, TaskSpec.nanos(timeout)), timeout));
	}

	private Outcome outcomeWithin(long nanos, @Nullable Duration timeout) {
		try {
			Outcome outcome = await(nanos);
			if (outcome == null) {
				throw new JoinTimeoutException("Waited %s for %s, which is %s; the task goes on, and join() can be "
					.formatted(timeout, this, state()) + "called again");
			}
			return outcome;
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	@Override
	public CompletableFuture<R> result() {
		CompletableFuture<R> result = new CompletableFuture<>();
		then((outcome) -> {
			try {
				this.context.callbacks().execute(() -> complete(result, outcome));
			}
			catch (RuntimeException | Error ex) {
				result.completeExceptionally(ex); // the machine may have no thread left
			}
		});
		return result;
	}

	@Override
	public boolean cancel() {
		PoolTask pending = this.task;
		if (pending == null) {
			return false;
		}
		this.context.canceller().accept(pending);
		return true;
	}

	/**
	 * Enter another state that is not final. For the supervisor.
	 * @param next the state
	 */
	void move(TaskState next) {
		enter(next, false);
	}

	/**
	 * Enter a final state. For the supervisor.
	 * @param outcome how the task ended
	 */
	void finish(Outcome outcome) {
		enter(outcome.state(), true);
		this.task = null;
		complete(outcome);
	}

	private void enter(TaskState next, boolean last) {
		if (next.isFinal() != last || !state().successors().contains(next)) {
			throw new IllegalStateException(this + " cannot go from " + state() + " to " + next);
		}
		this.state = byteOf(next);
	}

	@SuppressWarnings("EnumOrdinal") // lives no longer than this JVM
	private static byte byteOf(TaskState state) {
		return (byte) state.ordinal();
	}

	/** The class of the task. */
	Class<?> taskClass() {
		return this.taskClass;
	}

	/** Finds the classes of the task and of its result. */
	@Nullable ClassLoader loader() {
		return this.taskClass.getClassLoader();
	}

	void pending(PoolTask task) {
		this.task = task;
	}

	@Nullable TaskQueueListener follower() {
		return this.follower;
	}

	void follower(@Nullable TaskQueueListener follower) {
		this.follower = follower;
	}

	String description() {
		return TaskDescription.text(this.description);
	}

	void type(String className) {
		this.type = className;
	}

	String type() {
		return (this.type != null) ? this.type : LambdaForm.stableName(this.taskClass);
	}

	@Override
	public String toString() {
		return "task %d '%s' of queue '%s'".formatted(this.id, Printable.line(description()), this.context.queue());
	}

	private JoinInterruptedException interrupted() {
		Thread.currentThread().interrupt();
		return new JoinInterruptedException("Interrupted while waiting for %s, which is %s".formatted(this, state()));
	}

	private void complete(CompletableFuture<R> result, Outcome outcome) {
		try {
			result.complete(valueOf(outcome));
		}
		catch (RuntimeException | Error ex) {
			result.completeExceptionally(ex);
		}
	}

	@SuppressWarnings({ "unchecked", "NullAway" }) // R is what the caller says it
													// returns, null included
	private R valueOf(Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded succeeded) {
			return (R) read(succeeded);
		}
		throw failure(outcome);
	}

	private TaskQueueException failure(Outcome outcome) {
		return OutcomeExceptions.of(outcome, this);
	}

	private @Nullable Object read(Outcome.Succeeded succeeded) {
		return succeeded.value((payload) -> {
			ResultFilter filter = new ResultFilter(this.context.resultFilter(), this.taskClass, this.resultType,
					payload.length);
			try {
				return Payloads.read(payload, loader(), filter);
			}
			catch (IOException | ClassNotFoundException | RuntimeException | LinkageError ex) {
				throw unreadable(filter, ex);
			}
		});
	}

	private ResultUnreadableException unreadable(ResultFilter filter, Throwable ex) {
		String why = (filter.rejected() != null) ? "it holds a " + filter.rejected()
				+ ", which is not accepted from workers; declare it with TaskOptions.resultType, or allow it with "
				+ "taskqueue.result-filter" : ex.toString();
		return new ResultUnreadableException("The result of %s cannot be read: %s".formatted(this, why), ex);
	}

}
