package dev.taskqueue.sample.lab;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

import dev.taskqueue.CallableTask;
import dev.taskqueue.TaskContext;

/**
 * Writes to its standard output without a line break and without end, the way native code
 * does, past {@code System.out}. The pool reads all of it; the talker waits for the log,
 * and nobody else does.
 *
 * @param megabytes how much
 */
record OutputFlood(int megabytes) implements CallableTask<String> {

	@Override
	public String call() throws IOException {
		byte[] megabyte = new byte[1 << 20];
		Arrays.fill(megabyte, (byte) '~');
		// Not closed: the descriptor is the process's own.
		OutputStream output = new FileOutputStream(FileDescriptor.out);
		for (int written = 1; written <= this.megabytes; written++) {
			output.write(megabyte);
			TaskContext.current().progress((double) written / this.megabytes, written + " MB written");
		}
		return "%d MB written to standard output".formatted(this.megabytes);
	}

}
