package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import dev.taskqueue.BeanRef;
import dev.taskqueue.TaskContextHolder;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.test.InlineTaskQueue;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/**
 * Makes tasks of calls of one bean's methods. Outside of a task only: in one, a call is a
 * call, as it is in a worker. Thread-safe.
 */
final class QueuedCalls implements MethodInterceptor {

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronization", QueuedCalls.class.getClassLoader());

	private final Map<Method, QueuedMethod> methods;

	private final Function<String, TaskQueue> queues;

	QueuedCalls(Map<Method, QueuedMethod> methods, Function<String, TaskQueue> queues) {
		this.methods = Map.copyOf(methods);
		this.queues = queues;
	}

	boolean matches(Method method, Class<?> targetClass) {
		return this.methods.containsKey(AopUtils.getMostSpecificMethod(method, targetClass));
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (TaskContextHolder.get() != null) {
			return invocation.proceed();
		}
		Object target = Objects.requireNonNull(invocation.getThis(), "no target");
		QueuedMethod method = Objects.requireNonNull(this.methods
			.get(AopUtils.getMostSpecificMethod(invocation.getMethod(), AopUtils.getTargetClass(target))));
		if (method.afterCommit() && TRANSACTIONS && AfterCommit.isPossible()) {
			return addLater(method, invocation);
		}
		TaskHandle<@Nullable Object> handle = add(method, invocation.getMethod(), invocation.getArguments());
		if (method.returnsFuture()) {
			return handle.result();
		}
		return method.returnsHandle() ? handle : null;
	}

	private @Nullable Object addLater(QueuedMethod method, MethodInvocation invocation) {
		if (method.returnsHandle()) {
			throw new IllegalStateException(method
					+ " returns a TaskHandle and was called inside a transaction: the task "
					+ "is added when that has committed, so there is no handle yet. Return a CompletableFuture, or set "
					+ "afterCommit = false on its @Queued.");
		}
		LaterResult<@Nullable Object> future = method.returnsFuture() ? new LaterResult<>() : null;
		Method called = invocation.getMethod();
		ArgumentsAtCall arguments = new ArgumentsAtCall(called, invocation.getArguments());
		AfterCommit.add(method, () -> addOutside(method, called, arguments.copy()), future);
		return future;
	}

	/**
	 * A task that runs in the thread that adds it must not find the transaction there,
	 * which is over but still bound to the thread: it would take part, and never commit.
	 */
	private TaskHandle<@Nullable Object> addOutside(QueuedMethod method, Method called, @Nullable Object[] arguments) {
		if (!(this.queues.apply(method.queue()) instanceof InlineTaskQueue)) {
			return add(method, called, arguments);
		}
		try {
			return CompletableFuture
				.supplyAsync(() -> add(method, called, arguments),
						(work) -> new Thread(work, "taskqueue-after-commit").start())
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private TaskHandle<@Nullable Object> add(QueuedMethod method, Method called, @Nullable Object[] arguments) {
		@SuppressWarnings("unchecked") // a bean of this class is an object
		Class<Object> type = (Class<Object>) called.getDeclaringClass();
		return this.queues.apply(method.queue())
			.submit(BeanRef.of(type, method.bean()), new QueuedCall(called, arguments), method.options());
	}

}
