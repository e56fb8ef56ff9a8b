package dev.taskqueue;

import java.io.Serializable;

/**
 * A piece of work without a result that needs one of the application's beans. Run in a
 * worker process, on the bean of the worker's own {@link WorkerContext}.
 *
 * <pre class="code">
 * queue.add(InvoiceService.class, (invoices) -&gt; invoices.send(42));
 * </pre>
 *
 * Only the task is serialized, never the bean it is given. A lambda that also captures a
 * bean, by using a field of the object it is written in for example, is refused where
 * that is not serializable, as any {@link Task} is.
 *
 * @param <B> the bean's type
 */
@FunctionalInterface
public interface BeanTask<B> extends Serializable {

	/**
	 * Do the work. Called in a worker process, in a thread of the worker's.
	 * @param bean the worker's bean
	 * @throws Exception any failure; the task then ends {@link TaskState#FAILED}
	 */
	void run(B bean) throws Exception;

}
