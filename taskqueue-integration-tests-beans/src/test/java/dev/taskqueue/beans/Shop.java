package dev.taskqueue.beans;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The executable jar in a JVM of its own, until it is closed. */
final class Shop implements AutoCloseable {

	private static final Duration LONG = Duration.ofSeconds(90);

	private final Path directory;

	private final Process process;

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port;

	Shop(Path directory, String... arguments) throws IOException {
		this.directory = directory;
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Dshop.system=given", "-Dh2.bindAddress=localhost", "-jar",
						System.getProperty("taskqueue.test.jar"), "--shop.directory=" + directory));
		Collections.addAll(command, arguments);
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("output").toFile());
		builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
		this.process = builder.start();
		try {
			await().atMost(LONG).until(() -> !this.process.isAlive() || journal().anyMatch("ready"::equals));
			assertThat(this.process.isAlive()).as(output()).isTrue();
			this.port = journal().filter((line) -> line.startsWith("port "))
				.map((line) -> Integer.parseInt(line.substring("port ".length())))
				.findFirst()
				.orElseThrow();
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	long pid() {
		return this.process.pid();
	}

	JsonNode get(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(
				HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).timeout(LONG).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(() -> response.body() + output()).isEqualTo(200);
		return response.body().isEmpty() ? NullNode.getInstance() : JsonMapper.shared().readTree(response.body());
	}

	List<String> texts(String path) throws IOException, InterruptedException {
		return get(path).valueStream().map(JsonNode::asString).toList();
	}

	/** What has begun. */
	Stream<String> journal() {
		return lines().map((line) -> line.substring(0, line.indexOf('=')));
	}

	/** What has begun in another process than the application's. */
	List<String> journalOfWorkers() {
		return lines().filter((line) -> !line.endsWith("=" + pid())).toList();
	}

	String output() {
		try {
			return Files.readString(this.directory.resolve("output"));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private Stream<String> lines() {
		Path journal = this.directory.resolve("journal");
		try {
			return Files.exists(journal) ? Files.readAllLines(journal).stream().filter((line) -> line.contains("="))
					: Stream.empty();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroy();
		try {
			assertThat(this.process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as("ended in time").isTrue();
			await().atMost(LONG).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			children.forEach(ProcessHandle::destroyForcibly);
			this.process.destroyForcibly();
		}
	}

}
