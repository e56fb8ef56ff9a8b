package dev.taskqueue.benchmarks.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs the loop so many times, each so long, for each line that says so: what a worker
 * does if nothing is in the way.
 */
final class Loops {

	private Loops() {
	}

	/**
	 * Run loops until there are no more lines.
	 * @param arguments none
	 */
	public static void main(String[] arguments) throws IOException {
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			int space = line.indexOf(' ');
			int count = Integer.parseInt(line.substring(0, space));
			int iterations = Integer.parseInt(line.substring(space + 1));
			for (int i = 0; i < count; i++) {
				CpuLoop.spin(iterations);
			}
			System.out.println("done");
		}
	}

}
