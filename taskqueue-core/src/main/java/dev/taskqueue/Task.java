package dev.taskqueue;

import java.io.Serializable;

/**
 * A piece of work without a result, run in a worker process.
 * <p>
 * The task is serialized when it is added and deserialized in the worker: it sees a copy
 * of what it carries, never the caller's own objects. A lambda serializes what it
 * captures; a method reference {@code bean::method} captures the bean. A lambda written
 * as {@code () -> compute()} is a task whose value is dropped; use {@link CallableTask}
 * and {@link TaskQueue#submit(CallableTask)} to get it back.
 */
@FunctionalInterface
public interface Task extends Serializable {

	/**
	 * Do the work. Called in a worker process, in a thread of the worker's.
	 * @throws Exception any failure; the task then ends {@link TaskState#FAILED}
	 */
	void run() throws Exception;

}
