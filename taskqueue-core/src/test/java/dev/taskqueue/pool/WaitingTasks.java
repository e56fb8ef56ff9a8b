package dev.taskqueue.pool;

import java.util.Map;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;

/**
 * Tasks and handles that belong to no queue.
 */
final class WaitingTasks {

	private static final PoolHandle.Context CONTEXT = new PoolHandle.Context("mail", Runnable::run, (task) -> {
	}, null);

	private WaitingTasks() {
	}

	static PoolTask task(long id, int priority) {
		PoolHandle<?> handle = new PoolHandle<Object>(CONTEXT, id, "task", WaitingTasks.class, null, TaskState.WAITING);
		return new PoolTask(handle, TaskSpec.of(TaskOptions.defaults().priority(priority)), false, Map.of(),
				new byte[1], 0);
	}

}
