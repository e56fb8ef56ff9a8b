package dev.taskqueue.benchmarks.subject;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import dev.taskqueue.TaskQueue;

/**
 * What a task costs while so many others wait: one is added for each that is done. The
 * queue is paused in between, so that the backlog is there when the next run begins.
 */
final class BacklogCost {

	private static final long NAP = 50_000;

	private BacklogCost() {
	}

	static Map<String, Double> run(TaskQueue queue, Arguments arguments) {
		int backlog = arguments.number("backlog");
		int tasks = arguments.number("tasks");
		Work work = new Work.Nothing();
		queue.pause();
		while (queue.length() < backlog) {
			queue.add(work);
		}
		long last = queue.processed() + tasks;
		long begin = System.nanoTime();
		queue.resume();
		while (queue.processed() < last) {
			if (queue.length() < backlog) {
				queue.add(work);
			}
			else {
				LockSupport.parkNanos(NAP);
			}
		}
		long taken = System.nanoTime() - begin;
		queue.pause();
		return Map.of("micros", taken / 1e3 / tasks);
	}

}
