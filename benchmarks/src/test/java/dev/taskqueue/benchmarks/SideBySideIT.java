package dev.taskqueue.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the command runs as it is documented, not how fast: every scenario at a tiny
 * size, with everything in the same JVM, and {@code multiprocessing.Pool} where there is
 * a {@code python3}.
 */
class SideBySideIT {

	private static final String JAR = Objects.requireNonNull(System.getProperty("benchmarks.jar"));

	@TempDir
	Path directory;

	@Test
	void everyScenarioRuns() throws Exception {
		Path document = this.directory.resolve("benchmarks.md");
		Files.writeString(document, "Before\n" + Report.BEGIN + "\nwhat it was\n" + Report.END + "\nAfter\n");

		run("--smoke", "--without", "executor,pebble,loky,celery", "--output", document.toString());

		String text = Files.readString(document);
		assertThat(text).startsWith("Before\n")
			.endsWith("After\n")
			.contains("- Machine: ", "- Java: ", "targets are met")
			.doesNotContain("what it was");
		List<Scenario> scenarios = new Scenarios(Scale.SMOKE, 1).all();
		assertThat(scenarios).flatExtracting(Scenario::measures)
			.allSatisfy((measure) -> assertThat(text).contains("**" + measure.title() + "**"));
		assertThat(text.lines().filter((line) -> line.startsWith("|")).filter((line) -> line.contains("–")))
			.as("lanes without numbers")
			.allSatisfy((line) -> assertThat(line).contains("multiprocessing.Pool", "not installed"));
	}

	@Test
	void partsRun() throws Exception {
		String output = run("--parts", "-l");

		assertThat(output).contains("AddBenchmark.add", "FrameBenchmark.decodeRun", "DecisionBenchmark.task",
				"LogRelayBenchmark.lines");
	}

	private String run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR));
		command.addAll(List.of(arguments));
		Path output = this.directory.resolve("output.txt");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		boolean ended = process.waitFor(120, TimeUnit.SECONDS);
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
		assertThat(ended).as("ended in time:%n%s", Files.readString(output)).isTrue();
		assertThat(process.exitValue()).as("%s", Files.readString(output)).isZero();
		return Files.readString(output);
	}

}
