package dev.taskqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The application from its start to the signal that ends it, seen from outside.
 */
@DisabledOnOs(OS.WINDOWS)
class SampleProcessIT {

	/** {@code taskqueue.terminate-timeout}, and time for the JVM around it. */
	private static final Duration SHUTDOWN = Duration.ofSeconds(15);

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource({ "INT, 130", "TERM, 143" })
	void signalEndsTheApplicationAndEveryWorker(String signal, int exitCode) throws Exception {
		try (SampleProcess application = SampleProcess.exploded(this.directory)) {
			SampleClient client = new SampleClient(application.awaitPort());
			assumeThat(isIgnored(application.pid(), signal)).as("%s is ignored, as in a background job", signal)
				.isFalse();
			JsonNode gallery = client.awaitJson("/api/thumbnails", SampleProcessIT::isFinished);
			assertThat(gallery)
				.allSatisfy((thumbnail) -> assertThat(thumbnail.get("state").stringValue()).isEqualTo("SUCCEEDED"));
			Set<Long> workers = client.workers();
			assertThat(workers).isNotEmpty().allMatch(SampleProcessIT::isAlive);

			application.signal(signal);

			assertThat(application.awaitExit(SHUTDOWN)).as(application.toString()).isEqualTo(exitCode);
			assertThat(workers).noneMatch(SampleProcessIT::isAlive);
		}
		assertThat(filesLeft()).isEmpty();
	}

	@Test
	void executableJarHasWorkersThatSeeItsClasses() throws Exception {
		try (SampleProcess application = SampleProcess.executableJar(this.directory)) {
			SampleClient client = new SampleClient(application.awaitPort());
			JsonNode gallery = client.awaitJson("/api/thumbnails", SampleProcessIT::isFinished);
			assertThat(gallery)
				.allSatisfy((thumbnail) -> assertThat(thumbnail.get("state").stringValue()).isEqualTo("SUCCEEDED"));
			application.signal("TERM");
			assertThat(application.awaitExit(SHUTDOWN)).as(application.toString()).isEqualTo(143);
		}
		assertThat(filesLeft()).isEmpty();
	}

	/** All images that come with the sample are done. */
	private static boolean isFinished(JsonNode thumbnails) {
		return thumbnails.size() == 6 && StreamSupport.stream(thumbnails.spliterator(), false)
			.noneMatch((json) -> json.get("millis").isNull());
	}

	private static boolean isAlive(long pid) {
		return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
	}

	/**
	 * Whether a process inherited that it should ignore a signal. Known on Linux only.
	 */
	private static boolean isIgnored(long pid, String signal) throws IOException {
		Path status = Path.of("/proc/" + pid + "/status");
		int number = signal.equals("INT") ? 2 : 15;
		return Files.exists(status) && Files.readAllLines(status)
			.stream()
			.filter((line) -> line.startsWith("SigIgn:"))
			.mapToLong((line) -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
			.anyMatch((mask) -> (mask >>> (number - 1) & 1) != 0);
	}

	/** TaskQueue's own: what Tomcat leaves there differs from version to version. */
	private List<Path> filesLeft() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.getFileName().toString().startsWith("taskqueue")).toList();
		}
	}

}
