package dev.taskqueue.benchmarks.subject;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code java Hello}, again and again, as many at once as there are workers: what a fresh
 * JVM for each task costs at least.
 */
final class BareStarts implements Subject {

	private int atOnce;

	@Override
	public String version() {
		return System.getProperty("java.version");
	}

	@Override
	public void open(Arguments settings) {
		this.atOnce = settings.number("workers");
	}

	@Override
	public Map<String, Double> run(String drill, Arguments arguments) throws Exception {
		int tasks = arguments.number("tasks");
		List<String> command = BareJvm.command(List.of(), Hello.class);
		ExecutorService starters = Executors.newFixedThreadPool(this.atOnce);
		try {
			List<Callable<Integer>> starts = new ArrayList<>();
			for (int i = 0; i < tasks; i++) {
				starts.add(() -> start(command));
			}
			long begin = System.nanoTime();
			for (Future<Integer> start : starters.invokeAll(starts)) {
				if (start.get() != 0) {
					throw new IOException("java Hello ended with " + start.get());
				}
			}
			return Map.of("rate", tasks * 1e9 / (System.nanoTime() - begin));
		}
		finally {
			starters.shutdown();
		}
	}

	@Override
	public void close() {
		// Each has ended by itself
	}

	private static int start(List<String> command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.INHERIT)
			.start()
			.waitFor();
	}

}
