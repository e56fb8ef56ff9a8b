package dev.taskqueue.sample.lab;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.CallableTask;
import dev.taskqueue.TaskContext;

/**
 * Takes more and more memory outside of the heap, where {@code -Xmx} does not count it.
 */
record NativeLeak() implements CallableTask<String> {

	private static final int MEGABYTES = 16;

	private static final int ENOUGH = 900;

	@Override
	public String call() throws InterruptedException {
		List<ByteBuffer> leaked = new ArrayList<>();
		while (leaked.size() * MEGABYTES < ENOUGH) {
			leaked.add(ByteBuffer.allocateDirect(MEGABYTES << 20));
			int held = leaked.size() * MEGABYTES;
			TaskContext.current().progress((double) held / ENOUGH, held + " MB and counting");
			Thread.sleep(20);
		}
		return "Nobody minded " + ENOUGH + " MB";
	}

}
