package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.taskqueue.BeanFunction;
import dev.taskqueue.TaskHandle;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * A call of a bean's method, on its way to a worker and there. The method is one the
 * caller could see, so that it is there whatever kind of proxy the worker's bean has.
 */
final class QueuedCall implements BeanFunction<Object, @Nullable Object> {

	private static final long serialVersionUID = 1L;

	private final Class<?> declaringClass;

	private final String name;

	private final Class<?>[] parameterTypes;

	private final @Nullable Object[] arguments;

	QueuedCall(Method method, @Nullable Object[] arguments) {
		this.declaringClass = method.getDeclaringClass();
		this.name = method.getName();
		this.parameterTypes = method.getParameterTypes();
		this.arguments = arguments;
	}

	@Override
	@SuppressWarnings("NullAway") // it does not see that R may be null here
	public @Nullable Object apply(Object bean) throws Exception {
		Method method = this.declaringClass.getDeclaredMethod(this.name, this.parameterTypes);
		ReflectionUtils.makeAccessible(method);
		try {
			return value(method.invoke(bean, this.arguments));
		}
		catch (InvocationTargetException | ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof Error error) {
				throw error;
			}
			throw (cause instanceof Exception exception) ? exception : ex;
		}
	}

	private static @Nullable Object value(@Nullable Object returned) throws InterruptedException, ExecutionException {
		if (returned instanceof CompletableFuture<?> future) {
			return future.get();
		}
		return (returned instanceof TaskHandle<?> handle) ? handle.join() : returned;
	}

	@Override
	public String toString() {
		return this.declaringClass.getSimpleName() + "." + this.name;
	}

}
