package dev.taskqueue.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A call of this method of a bean becomes a task: the application adds it to a queue, and
 * a worker process calls the method on its own bean of the same name.
 *
 * <pre class="code">
 * &#64;Service
 * public class Invoices {
 *
 *     &#64;Queued(timeout = "30s")
 *     public void send(long invoice) { ... }
 *
 *     &#64;Queued(queue = "reports")
 *     public CompletableFuture&lt;Report&gt; report(YearMonth month) {
 *         ...
 *         return CompletableFuture.completedFuture(report);
 *     }
 *
 * }
 * </pre>
 *
 * The method returns {@code void}, {@link java.util.concurrent.CompletableFuture
 * CompletableFuture} or {@link dev.taskqueue.TaskHandle TaskHandle}; its body, which runs
 * in the worker, returns a future that is or gets complete, or {@link QueuedResult#of}.
 * Arguments and result are serialized; the caller gets what adding a task throws, such as
 * {@link dev.taskqueue.TaskNotSerializableException}. In a worker, and in a task of a
 * queue whose mode is {@code inline}, a call is an ordinary call.
 * <p>
 * The queue's workers need beans: {@code taskqueue.worker.spring.enabled=true}. Like
 * everything Spring does with annotations of methods, this works for calls through the
 * bean that Spring injects, not for calls a bean makes to itself. A method that is
 * {@code private}, {@code static} or {@code final}, or returns something else, ends the
 * application's start with an explanation.
 * <p>
 * Durations are written as in properties, such as {@code 30s}, and can be placeholders,
 * such as <code>${invoices.timeout}</code>. What is not set here is inherited from the
 * queue.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Queued {

	/**
	 * The name of the queue's bean.
	 * @return the name; empty for the queue that is injected without a name
	 */
	String queue() default "";

	/**
	 * What the task is called in logs and monitoring.
	 * @return the description; empty for the names of bean and method
	 */
	String description() default "";

	/**
	 * How long an attempt may run until its process is killed.
	 * @return a duration
	 * @see dev.taskqueue.TaskOptions#timeout
	 */
	String timeout() default "";

	/**
	 * How long an attempt may run until its thread is interrupted.
	 * @return a duration
	 * @see dev.taskqueue.TaskOptions#softTimeout
	 */
	String softTimeout() default "";

	/**
	 * How long an interrupted task may take to end.
	 * @return a duration
	 * @see dev.taskqueue.TaskOptions#grace
	 */
	String grace() default "";

	/**
	 * How long the task may wait for a worker.
	 * @return a duration
	 * @see dev.taskqueue.TaskOptions#queueTimeout
	 */
	String queueTimeout() default "";

	/**
	 * How long the task stays away from workers.
	 * @return a duration
	 * @see dev.taskqueue.TaskOptions#delay
	 */
	String delay() default "";

	/**
	 * Which tasks go first: higher ones.
	 * @return the priority; 0 for the queue's default
	 * @see dev.taskqueue.TaskOptions#priority
	 */
	int priority() default 0;

	/**
	 * How often the task may be attempted.
	 * @return a number; 0 for the queue's default
	 * @see dev.taskqueue.TaskOptions#maxAttempts
	 */
	int maxAttempts() default 0;

	/**
	 * The wait before the second attempt.
	 * @return a duration
	 * @see dev.taskqueue.TaskOptions#backoff
	 */
	String backoff() default "";

	/**
	 * Whether a call inside a transaction is added only when that has committed, and
	 * never if it is rolled back. The arguments are those at the call. A future is
	 * completed later, or with a {@link dev.taskqueue.TaskCancelledException} after a
	 * rollback; waiting for it inside the transaction is refused. A method that returns a
	 * {@link dev.taskqueue.TaskHandle} cannot be called inside a transaction, as there is
	 * no task to hold, unless this is {@code false}.
	 * @return {@code false} to add at once, whatever becomes of the transaction
	 */
	boolean afterCommit() default true;

}
