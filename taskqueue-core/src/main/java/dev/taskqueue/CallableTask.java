package dev.taskqueue;

import java.io.Serializable;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work with a result, run in a worker process. Both the task and its result
 * travel through Java serialization; see {@link Task} for what that means.
 *
 * @param <R> the type of the result, which must be serializable
 */
@FunctionalInterface
public interface CallableTask<R extends @Nullable Object> extends Callable<R>, Serializable {

}
