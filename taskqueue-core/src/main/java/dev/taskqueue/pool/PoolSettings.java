package dev.taskqueue.pool;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.WorkerOptions;
import org.jspecify.annotations.Nullable;

/**
 * A queue's settings, already checked by the builder.
 *
 * @param name the queue's name
 * @param limits its numbers
 * @param terminateTimeout how long {@code terminate()} drains
 * @param taskDefaults what tasks inherit
 * @param worker how workers are launched
 * @param resultFilter a JEP 290 pattern of further classes to accept in results
 * @param listeners told what happens, in this order
 * @param beans where tasks find beans and other queues
 */
public record PoolSettings(String name, Limits limits, Duration terminateTimeout, TaskOptions taskDefaults,
		WorkerOptions worker, @Nullable String resultFilter, List<TaskQueueListener> listeners, BeanSettings beans) {

	public PoolSettings {
		listeners = List.copyOf(listeners);
	}

	PoolSettings(String name, Limits limits, Duration terminateTimeout, TaskOptions taskDefaults, WorkerOptions worker,
			@Nullable String resultFilter, List<TaskQueueListener> listeners) {
		this(name, limits, terminateTimeout, taskDefaults, worker, resultFilter, listeners, BeanSettings.NONE);
	}

	/** Whether workers have this application's classes, on its own Java. */
	boolean hasOwnClasses() {
		return this.worker.javaHome() == null && this.worker.classPath() == null;
	}

	/** With this queue as the only one its tasks can add to, if they have no others. */
	PoolSettings of(TaskQueue queue) {
		return new PoolSettings(this.name, this.limits, this.terminateTimeout, this.taskDefaults, this.worker,
				this.resultFilter, this.listeners, this.beans.orOnly(this.name, queue));
	}

	/**
	 * The numbers of a pool.
	 *
	 * @param workerCount workers that serve at the same time
	 * @param requestsPerWorker tasks a worker serves before it is replaced; 0: no limit
	 * @param capacity tasks that may wait; 0: no limit
	 * @param maxPayload bytes of the largest task or result
	 */
	public record Limits(int workerCount, int requestsPerWorker, int capacity, int maxPayload) {

		/** So few tasks that what a worker's start costs is a good part of all. */
		private static final int FEW_TASKS = 100;

		/** Whether workers are replaced so soon that their starts count. */
		boolean areWorkersShortLived() {
			return this.requestsPerWorker > 0 && this.requestsPerWorker <= FEW_TASKS;
		}

		/** Worker processes at the same time, with successors and those about to end. */
		int maxProcesses() {
			return this.workerCount + Math.max(1, this.workerCount / 4);
		}

	}

}
