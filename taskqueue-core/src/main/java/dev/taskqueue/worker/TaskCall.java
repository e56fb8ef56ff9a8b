package dev.taskqueue.worker;

import java.io.IOException;

import dev.taskqueue.BeanFunction;
import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanSource;
import dev.taskqueue.BeanTask;
import dev.taskqueue.CallableTask;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.Task;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.wire.BeanCall;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * From a task's bytes to those of its outcome, in the thread that is the task's.
 * Stateless. Public for the queue without processes, which does the same.
 */
public final class TaskCall {

	private TaskCall() {
	}

	/**
	 * Read, call and answer. Throws nothing.
	 * @param run the task
	 * @param loader finds its classes; {@code null} for the JDK's own
	 * @param maxPayload bytes of the largest result
	 * @param beans finds what bean tasks need
	 * @return a result or a failure
	 */
	public static Frame outcomeOf(Frame.Run run, @Nullable ClassLoader loader, int maxPayload, BeanSource beans) {
		Object task;
		try {
			task = Payloads.read(run.payload(), loader, null);
		}
		catch (IOException | ClassNotFoundException | RuntimeException | Error ex) {
			boolean fatal = ex instanceof VirtualMachineError || ex instanceof LinkageError;
			return Failures.of(run.task(), fatal, new TaskNotSerializableException(
					"The task cannot be read in the worker: " + ex + "; is its class on the worker's class path?", ex));
		}
		Object value;
		try {
			value = call(task, run.callable(), beans);
		}
		catch (VirtualMachineError | LinkageError ex) {
			// May have left classes half initialized
			return Failures.of(run.task(), true, ex);
		}
		catch (Throwable ex) {
			return Failures.of(run.task(), false, ex);
		}
		return result(run, value, loader, maxPayload);
	}

	private static @Nullable Object call(@Nullable Object task, boolean callable, BeanSource beans) throws Exception {
		if (task instanceof BeanCall call) {
			return call(call, callable, beans.getBean(new BeanRef<>(call.type(), call.name())));
		}
		if (callable && task instanceof CallableTask<?> known) {
			return known.call();
		}
		if (!callable && task instanceof Task known) {
			known.run();
			return null;
		}
		throw new TaskNotSerializableException("The task was read as something that is no task: " + task);
	}

	@SuppressWarnings("unchecked") // the caller's compiler has seen that they fit
	private static @Nullable Object call(BeanCall call, boolean callable, Object bean) throws Exception {
		if (callable && call.task() instanceof BeanFunction<?, ?> known) {
			return ((BeanFunction<Object, ?>) known).apply(bean);
		}
		if (!callable && call.task() instanceof BeanTask<?> known) {
			((BeanTask<Object>) known).run(bean);
			return null;
		}
		throw new TaskNotSerializableException("The task was read as something that is no task: " + call.task());
	}

	private static Frame result(Frame.Run run, @Nullable Object value, @Nullable ClassLoader loader, int maxPayload) {
		try {
			return new Frame.Result(run.task(), Payloads.writeResult(value, maxPayload, run.payload(), loader));
		}
		catch (PayloadException ex) {
			String message = "The result cannot be sent back: " + ex.getMessage();
			return Failures.of(run.task(), false, ex.tooLarge() ? new PayloadTooLargeException(message)
					: new TaskNotSerializableException(message, ex));
		}
		catch (RuntimeException | Error ex) {
			return Failures.of(run.task(), ex instanceof VirtualMachineError, ex);
		}
	}

}
