package dev.taskqueue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A queue whose tasks run in a pool of child JVM processes, so that a task can loop for
 * ever, exhaust its heap, call {@code System.exit} or crash in native code, and only that
 * task fails.
 *
 * <pre class="code">
 * try (TaskQueue queue = TaskQueue.builder().workerCount(4).start()) {
 *     TaskHandle&lt;Integer&gt; answer = queue.submit(() -&gt; 6 * 7);
 *     System.out.println(answer.join());
 * }
 * </pre>
 *
 * All methods are thread-safe. No method waits for a worker process except
 * {@link #terminate(Duration)} and its shorthands. The interface may grow; it is not for
 * users to implement.
 */
public interface TaskQueue extends AutoCloseable {

	/**
	 * Add a task with the queue's default options.
	 * @param task the task; it is serialized before this method returns
	 * @return a handle to wait for the task or to cancel it
	 * @throws QueueClosedException if the queue is terminated
	 * @throws QueueFullException if {@link Builder#capacity(int)} tasks wait already
	 * @throws TaskNotSerializableException if the task cannot be serialized
	 * @throws PayloadTooLargeException if the serialized task exceeds
	 * {@link Builder#maxPayload(long)}
	 */
	TaskHandle<@Nullable Void> add(Task task);

	/**
	 * Add a task.
	 * @param task the task; it is serialized before this method returns
	 * @param options what differs from the queue's defaults
	 * @return a handle to wait for the task or to cancel it
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	TaskHandle<@Nullable Void> add(Task task, TaskOptions options);

	/**
	 * Add a task that returns a result, with the queue's default options.
	 * @param task the task; it is serialized before this method returns
	 * @param <R> the type of the result
	 * @return a handle to wait for the result or to cancel the task
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	<R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task);

	/**
	 * Add a task that returns a result.
	 * @param task the task; it is serialized before this method returns
	 * @param options what differs from the queue's defaults
	 * @param <R> the type of the result
	 * @return a handle to wait for the result or to cancel the task
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	<R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task, TaskOptions options);

	/**
	 * Add a task that needs a bean, with the queue's default options.
	 * @param bean the bean's type
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param <B> the bean's type
	 * @return a handle to wait for the task or to cancel it
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	default <B> TaskHandle<@Nullable Void> add(Class<B> bean, BeanTask<B> task) {
		return add(BeanRef.of(bean), task);
	}

	/**
	 * Add a task that needs a bean.
	 * @param bean the bean's type
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param options what differs from the queue's defaults
	 * @param <B> the bean's type
	 * @return a handle to wait for the task or to cancel it
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	default <B> TaskHandle<@Nullable Void> add(Class<B> bean, BeanTask<B> task, TaskOptions options) {
		return add(BeanRef.of(bean), task, options);
	}

	/**
	 * Add a task that needs a bean that its reference finds, with the queue's default
	 * options.
	 * @param bean which bean
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param <B> the bean's type
	 * @return a handle to wait for the task or to cancel it
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	default <B> TaskHandle<@Nullable Void> add(BeanRef<B> bean, BeanTask<B> task) {
		return add(bean, task, TaskOptions.defaults());
	}

	/**
	 * Add a task that needs a bean that its reference finds.
	 * @param bean which bean
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param options what differs from the queue's defaults
	 * @param <B> the bean's type
	 * @return a handle to wait for the task or to cancel it
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	<B> TaskHandle<@Nullable Void> add(BeanRef<B> bean, BeanTask<B> task, TaskOptions options);

	/**
	 * Add a task that needs a bean and returns a result, with the queue's default
	 * options.
	 * @param bean the bean's type
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param <B> the bean's type
	 * @param <R> the type of the result
	 * @return a handle to wait for the result or to cancel the task
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	default <B, R extends @Nullable Object> TaskHandle<R> submit(Class<B> bean, BeanFunction<B, R> task) {
		return submit(BeanRef.of(bean), task);
	}

	/**
	 * Add a task that needs a bean and returns a result.
	 * @param bean the bean's type
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param options what differs from the queue's defaults
	 * @param <B> the bean's type
	 * @param <R> the type of the result
	 * @return a handle to wait for the result or to cancel the task
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	default <B, R extends @Nullable Object> TaskHandle<R> submit(Class<B> bean, BeanFunction<B, R> task,
			TaskOptions options) {
		return submit(BeanRef.of(bean), task, options);
	}

	/**
	 * Add a task that needs a bean that its reference finds and returns a result, with
	 * the queue's default options.
	 * @param bean which bean
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param <B> the bean's type
	 * @param <R> the type of the result
	 * @return a handle to wait for the result or to cancel the task
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	default <B, R extends @Nullable Object> TaskHandle<R> submit(BeanRef<B> bean, BeanFunction<B, R> task) {
		return submit(bean, task, TaskOptions.defaults());
	}

	/**
	 * Add a task that needs a bean that its reference finds and returns a result.
	 * @param bean which bean
	 * @param task the task; it is serialized before this method returns, the bean is not
	 * @param options what differs from the queue's defaults
	 * @param <B> the bean's type
	 * @param <R> the type of the result
	 * @return a handle to wait for the result or to cancel the task
	 * @throws NoWorkerContextException if the queue's workers have no beans: see
	 * {@link Builder#workerContext}
	 * @throws TaskQueueException if the task is refused, as in {@link #add(Task)}
	 */
	<B, R extends @Nullable Object> TaskHandle<R> submit(BeanRef<B> bean, BeanFunction<B, R> task, TaskOptions options);

	/**
	 * The number of tasks added and not yet finished: delayed, waiting and running.
	 * Includes a task once its {@code add} has returned.
	 * @return the length, never negative
	 */
	long length();

	/**
	 * The number of tasks finished since the queue was built, whatever their outcome.
	 * Never decreases; includes a task once its {@link TaskHandle#join()} has returned.
	 * @return the count
	 */
	long processed();

	/**
	 * One consistent view of the queue's counts, workers and running tasks.
	 * @return an immutable snapshot that includes every task added by this thread before
	 */
	TaskQueueSnapshot snapshot();

	/**
	 * The view the queue has published last, for monitoring: costs the queue nothing, and
	 * returns at once even when the queue's own thread is held up. A change is published
	 * within 10 milliseconds; while nothing changes, the view is as good as
	 * {@link #snapshot()}.
	 * @return an immutable snapshot
	 */
	default TaskQueueSnapshot recentSnapshot() {
		return snapshot();
	}

	/**
	 * Start the workers. Returns at once; tasks added before wait until a worker is
	 * ready. Does nothing if the queue is started. After {@link #terminate()} it opens
	 * the queue again, with all counters kept; while a termination is under way it waits
	 * for its end first.
	 * @throws QueueStartException if the machine or a setting does not allow it; the
	 * queue stays as it was
	 */
	void start();

	/**
	 * Start no further task. Running tasks go on, and tasks can still be added.
	 */
	void pause();

	/**
	 * Undo {@link #pause()}.
	 */
	void resume();

	/**
	 * Close the queue, let the tasks that were added finish, and end the workers. Tasks
	 * that have not finished at the deadline are {@link TaskState#CANCELLED} and their
	 * workers killed; tasks that could not start in any case (queue paused or never
	 * started, task not due yet) are cancelled at once. Returns as soon as everything is
	 * drained. When it returns, no worker process is left.
	 * <p>
	 * A call during a termination joins it. A thread that is interrupted meanwhile kills
	 * the workers, keeps its interrupt flag and gets {@code false}.
	 * @param timeout how long to drain; zero kills at once
	 * @return {@code true} if every task finished by itself
	 */
	boolean terminate(Duration timeout);

	/**
	 * {@link #terminate(Duration)} with the configured
	 * {@link Builder#terminateTimeout(Duration)}.
	 * @return {@code true} if every task finished by itself
	 */
	boolean terminate();

	/**
	 * {@link #terminate()}, and a warning in the log if that cancelled tasks.
	 */
	@Override
	void close();

	/**
	 * A builder with every setting at its default.
	 * @return a new builder
	 */
	static Builder builder() {
		return new TaskQueueBuilder();
	}

	/**
	 * Settings of a queue to be built. Not thread-safe; can be used for several queues.
	 * Every setter refuses nonsense with an {@link IllegalArgumentException}.
	 */
	interface Builder {

		/**
		 * The queue's name in logs, thread names and monitoring. Default
		 * {@code taskQueue}.
		 * @param name letters, digits, {@code -}, {@code _} and {@code .}, at most 64
		 * @return this
		 */
		Builder name(String name);

		/**
		 * How many worker processes run tasks. Default: the available processors.
		 * @param workerCount at least 1
		 * @return this
		 */
		Builder workerCount(int workerCount);

		/**
		 * How many tasks a worker process serves before a fresh one takes its place.
		 * Limits over 100 are varied by up to a tenth, downwards, so that workers do not
		 * all restart together. Default 0: no limit.
		 * @param requestsPerWorker 0 or more
		 * @return this
		 */
		Builder requestsPerWorker(int requestsPerWorker);

		/**
		 * How many tasks may wait before a further one is refused. Default 0: no limit.
		 * @param capacity 0 or more
		 * @return this
		 */
		Builder capacity(int capacity);

		/**
		 * The largest serialized task or result. Default 64 MB.
		 * @param bytes from 1 to 1 GB
		 * @return this
		 */
		Builder maxPayload(long bytes);

		/**
		 * How long {@link TaskQueue#terminate()} and {@link TaskQueue#close()} drain.
		 * Default 5 seconds.
		 * @param timeout zero or more
		 * @return this
		 */
		Builder terminateTimeout(Duration timeout);

		/**
		 * What tasks inherit that do not say otherwise. Default
		 * {@link TaskOptions#defaults()}.
		 * @param defaults the options
		 * @return this
		 */
		Builder taskDefaults(TaskOptions defaults);

		/**
		 * How worker processes are launched. Default {@link WorkerOptions#defaults()}.
		 * @param options the options
		 * @return this
		 */
		Builder worker(WorkerOptions options);

		/**
		 * Which classes the application deserializes from a worker's results, besides the
		 * JDK's value types and collections, the classes in and below the task's own
		 * package, and {@link TaskOptions#resultType(Class)}. A worker may have run
		 * hostile input: keep this narrow. Default: nothing more.
		 * @param pattern a pattern as in
		 * {@link java.io.ObjectInputFilter.Config#createFilter(String)}, such as
		 * {@code com.acme.model.**}
		 * @return this
		 */
		Builder resultFilter(String pattern);

		/**
		 * Add a listener, which is told after those added before it. Default: none.
		 * @param listener the listener
		 * @return this
		 */
		Builder listener(TaskQueueListener listener);

		/**
		 * Have an observer accompany every task from the call that adds it. Default:
		 * none.
		 * @param observer the observer, in place of one set before
		 * @return this
		 */
		Builder observer(TaskObserver observer);

		/**
		 * Where tasks run. Default {@link QueueMode#PROCESS}.
		 * @param mode the mode
		 * @return this
		 */
		Builder mode(QueueMode mode);

		/**
		 * Have each worker start the {@link WorkerContext} of its class path before its
		 * first task, so that tasks can use beans. Default: none, and bean tasks are
		 * refused.
		 * @param values what the context is told, sent to workers privately; at most
		 * 500,000 characters in all
		 * @return this
		 */
		Builder workerContext(Map<String, String> values);

		/**
		 * Which of the application's queues tasks can add to, by
		 * {@link ContextSettings#queue}. A queue is looked up when the first task is
		 * added to it, so it may be built later than this one. Default: this queue alone,
		 * under its own name.
		 * @param names the names workers know
		 * @param lookup finds a queue by such a name, {@code null} if there is none; any
		 * thread
		 * @return this
		 */
		Builder reachableQueues(Set<String> names, Function<String, @Nullable TaskQueue> lookup);

		/**
		 * Where bean tasks get their beans from in {@link QueueMode#INLINE}. Without
		 * effect in other modes. Default: none, and bean tasks are refused.
		 * @param source finds beans
		 * @return this
		 */
		Builder beans(BeanSource source);

		/**
		 * Build the queue. Nothing is started: no process, no thread, no file.
		 * @return a new queue
		 * @throws IllegalStateException if called inside a worker process
		 */
		TaskQueue build();

		/**
		 * {@link #build()} and {@link TaskQueue#start()}.
		 * @return a new, started queue
		 */
		TaskQueue start();

	}

}
