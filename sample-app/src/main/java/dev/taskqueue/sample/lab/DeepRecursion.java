package dev.taskqueue.sample.lab;

import dev.taskqueue.CallableTask;

/**
 * Calls itself until the stack is full. The process survives that, but nobody knows which
 * class was being initialized at that moment: the pool replaces the worker.
 */
record DeepRecursion() implements CallableTask<String> {

	@Override
	public String call() {
		return "Depth: " + depth(0);
	}

	private static long depth(long depth) {
		return (depth < 0) ? depth : depth(depth + 1) + 1;
	}

}
