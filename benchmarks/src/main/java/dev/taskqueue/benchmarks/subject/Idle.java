package dev.taskqueue.benchmarks.subject;

import java.io.IOException;

/**
 * Answers each line with a line, and does nothing else, to see what a JVM takes for
 * itself.
 */
final class Idle {

	private Idle() {
	}

	/**
	 * Wait for the end of standard input.
	 * @param arguments none
	 */
	public static void main(String[] arguments) throws IOException {
		for (int read = System.in.read(); read >= 0; read = System.in.read()) {
			if (read == '\n') {
				System.out.println();
			}
		}
	}

}
