package dev.taskqueue;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work with a result that needs one of the application's beans. Run in a
 * worker process, on the bean of the worker's own {@link WorkerContext}; the task and its
 * result travel through Java serialization, the bean does not. See {@link BeanTask}.
 *
 * @param <B> the bean's type
 * @param <R> the type of the result, which must be serializable
 */
@FunctionalInterface
public interface BeanFunction<B, R extends @Nullable Object> extends Serializable {

	/**
	 * Do the work. Called in a worker process, in a thread of the worker's.
	 * @param bean the worker's bean
	 * @return the result
	 * @throws Exception any failure; the task then ends {@link TaskState#FAILED}
	 */
	R apply(B bean) throws Exception;

}
