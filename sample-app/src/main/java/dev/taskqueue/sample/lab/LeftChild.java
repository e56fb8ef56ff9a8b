package dev.taskqueue.sample.lab;

import java.io.IOException;

import dev.taskqueue.CallableTask;

/**
 * Starts a process that would outlive it by ten minutes, and leaves. What a task has
 * started is ended with its worker, however that ends.
 */
record LeftChild() implements CallableTask<String> {

	@Override
	public String call() throws IOException {
		Process child = new ProcessBuilder("sleep", "600").start();
		System.err.println("Left behind: process " + child.pid() + ", sleep 600");
		System.exit(1);
		return "unreachable";
	}

}
