package dev.taskqueue.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures how long a worker takes from its launch to ready, and its first task, in
 * several ways to start the same application: side by side, one round after the other. A
 * program, not a test, because times depend on the machine. Needs what
 * {@code mvn package} makes of this module, and nothing but a JDK:
 *
 * <pre>
 * java taskqueue-integration-tests/src/test/java/dev/taskqueue/launch/LaunchComparison.java [rounds [java-home]]
 * </pre>
 */
public final class LaunchComparison {

	private static final int WARM_UP = 3;

	private static final String MODE = "-Dtaskqueue.worker.launch-mode=";

	private static final String ARCHIVE = "-Dtaskqueue.worker.class-archive=";

	private LaunchComparison() {
	}

	/**
	 * Run the comparison.
	 * @param arguments the rounds, 20 unless given, and the JDK's home
	 */
	public static void main(String[] arguments) throws Exception {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 20;
		Path home = Path.of((arguments.length > 1) ? arguments[1] : System.getProperty("java.home"));
		Path scratch = Files.createTempDirectory("launch-comparison");
		Path jar = artifact(".jar");
		Path extracted = scratch.resolve("extracted");
		String java = home.resolve("bin").resolve("java").toString();
		new ProcessBuilder(java, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination",
				extracted.toString())
			.inheritIO()
			.start()
			.waitFor();
		String plain = extracted.resolve(jar.getFileName()).toString();
		Map<String, Candidate> candidates = new LinkedHashMap<>();
		try {
			candidates.put("extracted", new Candidate(scratch, java, ARCHIVE + "false", "-jar", plain));
			candidates.put("jar", new Candidate(scratch, java, ARCHIVE + "false", "-jar", jar.toString()));
			candidates.put("war",
					new Candidate(scratch, java, ARCHIVE + "false", "-jar", artifact("-war.jar").toString()));
			candidates.put("jar, its loader",
					new Candidate(scratch, java, ARCHIVE + "false", MODE + "boot-loader", "-jar", jar.toString()));
			candidates.put("extracted, archive", new Candidate(scratch, java, "-jar", plain));
			candidates.put("jar, archive", new Candidate(scratch, java, "-jar", jar.toString()));
			for (int round = -WARM_UP; round < rounds; round++) {
				for (Candidate candidate : candidates.values()) {
					candidate.measure(round >= 0);
				}
			}
			System.out.printf("%-20s %28s %28s%n", "ms, median of " + rounds, "launch to ready", "first task");
			double extractedReady = candidates.get("extracted").median(0);
			for (Map.Entry<String, Candidate> each : candidates.entrySet()) {
				Candidate candidate = each.getValue();
				System.out.printf("%-20s %14.0f (x %.2f) %s %14.1f%n", each.getKey(), candidate.median(0),
						candidate.median(0) / extractedReady, candidate.range(), candidate.median(1));
			}
		}
		finally {
			for (Candidate candidate : candidates.values()) {
				candidate.process.destroy();
				candidate.process.waitFor();
			}
			try (Stream<Path> files = Files.walk(scratch)) {
				files.sorted((one, other) -> other.compareTo(one)).forEach((file) -> file.toFile().delete());
			}
		}
	}

	private static Path artifact(String end) throws IOException {
		try (Stream<Path> files = Files.list(Path.of("taskqueue-integration-tests", "target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("taskqueue.*SNAPSHOT" + end))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("Run mvn package first, and this from the root"))
				.toAbsolutePath();
		}
	}

	/** One running application, which starts its queue anew whenever it is told to. */
	private static final class Candidate {

		private final List<double[]> samples = new ArrayList<>();

		private final Process process;

		private final BufferedReader output;

		Candidate(Path scratch, String java, String... what) throws IOException {
			List<String> command = new ArrayList<>(List.of(java));
			command.addAll(List.of(what));
			command.add("measure");
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().put("XDG_CACHE_HOME", scratch.resolve("cache").toString());
			this.process = builder.start();
			this.output = this.process.inputReader(StandardCharsets.UTF_8);
			await("fact worker=true");
			if (!List.of(what).contains(ARCHIVE + "false")) {
				await("made in"); // the archive
			}
		}

		void measure(boolean counts) throws IOException {
			OutputStream input = this.process.getOutputStream();
			input.write('\n');
			input.flush();
			String[] words = await("measured ").split(" ", -1);
			if (counts) {
				this.samples.add(new double[] { Double.parseDouble(words[1]), Double.parseDouble(words[2]) });
			}
		}

		private String await(String beginning) throws IOException {
			List<String> seen = new ArrayList<>();
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				if (line.contains(beginning)) {
					return line;
				}
				seen.add(line);
			}
			throw new IOException("The application has ended: " + String.join("\n", seen));
		}

		double median(int which) {
			double[] sorted = this.samples.stream().mapToDouble((sample) -> sample[which]).sorted().toArray();
			return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		}

		String range() {
			double[] sorted = this.samples.stream().mapToDouble((sample) -> sample[0]).sorted().toArray();
			return "%.0f..%.0f".formatted(sorted[0], sorted[sorted.length - 1]);
		}

	}

}
