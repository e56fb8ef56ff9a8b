package dev.taskqueue.test;

import java.time.Duration;
import java.util.function.Consumer;

import dev.taskqueue.BeanRef;
import dev.taskqueue.QueueMode;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;

/**
 * A queue for tests: it starts no process and runs each task in the thread that adds it,
 * before {@code add} returns. Everything else is as in production, by the same code: task
 * and result are serialized, limited in size and filtered, a task works on a copy, what
 * it throws arrives as text, and states, attempts, listeners and counters are the same.
 *
 * <pre class="code">
 * try (InlineTaskQueue queue = InlineTaskQueue.create()) {
 *     new InvoiceService(queue).sendLater(invoice);
 *     queue.advance(Duration.ofMinutes(10));
 * }
 * </pre>
 *
 * What is different:
 * <ul>
 * <li>There is no process to protect the test: a task that calls {@code System.exit} ends
 * the test's JVM, one that exhausts the heap exhausts the test's, and static state is
 * shared with it.</li>
 * <li>Nobody can kill a task. One that is cancelled while it runs, by another thread, is
 * interrupted, and final at once; what it does after that is ignored.</li>
 * <li>Time stands still, unless {@link #advance} or {@code join} moves it. So no task
 * reaches a limit by itself, and one with a delay waits until time has been moved that
 * far. Further attempts follow at once: there is no backoff.</li>
 * <li>{@link TaskHandle#join()} of a task that is not due moves the time to when it is,
 * and {@link TaskHandle#join(Duration)} by at most its timeout.</li>
 * <li>Listeners, and the futures of {@link TaskHandle#result()}, are served in the
 * threads that use the queue, in order, one at a time.</li>
 * <li>{@code workerCount} and all that is about workers has no effect; there are no
 * workers in snapshots. Several threads run tasks side by side.</li>
 * </ul>
 *
 * A task that was added before {@link #start()}, or while the queue is paused, runs in
 * the thread that starts or resumes it. Thread-safe.
 */
public interface InlineTaskQueue extends TaskQueue {

	/**
	 * Move the queue's time. Tasks that get due run in this thread, in the order in which
	 * they are due; tasks in other threads that reach a limit are interrupted.
	 * @param time zero or more
	 */
	void advance(Duration time);

	/**
	 * Give bean tasks a bean, which they use as it is: not a copy.
	 * @param type the type that tasks name
	 * @param bean the bean, or what stands for it in the test
	 * @param <B> the bean's type
	 * @return this
	 */
	default <B> InlineTaskQueue withBean(Class<B> type, B bean) {
		return withBean(BeanRef.of(type), bean);
	}

	/**
	 * Give bean tasks a bean that they find by a reference equal to this one, before any
	 * that {@link TaskQueue.Builder#beans} finds. One that is found nowhere fails its
	 * task.
	 * @param reference the reference that tasks use
	 * @param bean the bean, or what stands for it in the test
	 * @param <B> the bean's type
	 * @return this
	 */
	<B> InlineTaskQueue withBean(BeanRef<B> reference, B bean);

	/**
	 * A started queue with every setting at its default.
	 * @return a new queue
	 */
	static InlineTaskQueue create() {
		return create((builder) -> {
		});
	}

	/**
	 * A started queue.
	 * @param settings told the builder, before the queue is built
	 * @return a new queue
	 */
	static InlineTaskQueue create(Consumer<TaskQueue.Builder> settings) {
		TaskQueue.Builder builder = TaskQueue.builder();
		settings.accept(builder);
		return (InlineTaskQueue) builder.mode(QueueMode.INLINE).start();
	}

}
