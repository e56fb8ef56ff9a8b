package dev.taskqueue.launch;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueListener;

/**
 * What the application does once its queue runs: says what a worker is like and, if it is
 * asked for it, how long workers take, once for each line on its standard input.
 */
final class Conversation implements TaskQueueListener {

	private volatile CompletableFuture<Duration> ready = new CompletableFuture<>();

	@Override
	public void workerReady(String queue, long pid, Duration startup) {
		this.ready.complete(startup);
	}

	void hold(TaskQueue queue, String... arguments) throws IOException {
		// Whatever the locale says: the test reads it as UTF-8
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
		for (Map.Entry<String, String> fact : queue.submit(new WorkerFacts()).join().entrySet()) {
			out.println("fact " + fact.getKey() + "=" + fact.getValue());
		}
		if (arguments.length > 0 && arguments[0].equals("measure")) {
			measure(queue);
		}
		if (arguments.length > 0 && arguments[0].equals("linger")) {
			System.in.readAllBytes();
		}
	}

	private void measure(TaskQueue queue) throws IOException {
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		while (lines.readLine() != null) {
			queue.terminate();
			this.ready = new CompletableFuture<>();
			queue.start();
			Duration startup = this.ready.join();
			long before = System.nanoTime();
			queue.submit(new WorkerFacts()).join();
			System.out.printf("measured %.1f %.1f%n", startup.toNanos() / 1e6, (System.nanoTime() - before) / 1e6);
		}
	}

}
