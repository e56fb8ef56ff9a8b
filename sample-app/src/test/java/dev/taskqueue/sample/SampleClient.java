package dev.taskqueue.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import dev.taskqueue.TaskState;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Drives the application the way the page does: over HTTP and nothing else.
 */
class SampleClient {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	private final int port;

	SampleClient(int port) {
		this.port = port;
	}

	/** Submits an image and returns the path of its status. */
	String submit(String name, byte[] image) {
		return accepted(post("/api/thumbnails?name=" + name, "image/png", image));
	}

	/** Submits files the way a browser's form does. */
	String submitForm(List<String> names, byte[] content) {
		return accepted(post("/api/thumbnails", MultipartBody.CONTENT_TYPE, MultipartBody.of("file", names, content)));
	}

	String submitBomb() {
		return accepted(post("/api/bomb", "text/plain", new byte[0]));
	}

	/** Begins an experiment and returns the path of its status. */
	String run(String experiment) {
		return accepted(post("/api/runs?experiment=" + experiment, "text/plain", new byte[0]));
	}

	HttpResponse<byte[]> post(String path, String contentType, byte[] body) {
		return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
	}

	HttpResponse<byte[]> get(String path) {
		return send(request(path));
	}

	JsonNode json(String path) {
		HttpResponse<byte[]> response = get(path);
		if (response.statusCode() != 200) {
			throw unexpected(response);
		}
		return this.json.readTree(response.body());
	}

	/** The queue as the endpoint shows it. */
	JsonNode queue() {
		return json("/actuator/taskqueue").at("/queues/taskQueue");
	}

	long gauge(String name) {
		return (long) json("/actuator/metrics/" + name + "?tag=queue:taskQueue").at("/measurements/0/value")
			.doubleValue();
	}

	/** The process ids of the workers that can take a task. */
	Set<Long> workers() {
		return Set.copyOf(StreamSupport.stream(queue().get("workers").spliterator(), false)
			.filter((worker) -> Set.of("IDLE", "BUSY").contains(worker.get("state").stringValue()))
			.map((worker) -> worker.get("pid").longValue())
			.toList());
	}

	/** Waits for a submission to be final. */
	JsonNode awaitFinal(String status) {
		return awaitJson(status, (json) -> TaskState.valueOf(json.get("state").stringValue()).isFinal());
	}

	JsonNode awaitJson(String path, Predicate<JsonNode> condition) {
		return Awaitility.await(path).atMost(PATIENCE).until(() -> json(path), condition);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).timeout(PATIENCE);
	}

	private HttpResponse<byte[]> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String accepted(HttpResponse<byte[]> response) {
		if (response.statusCode() != 202) {
			throw unexpected(response);
		}
		return response.headers().firstValue("Location").orElseThrow();
	}

	private static AssertionError unexpected(HttpResponse<byte[]> response) {
		return new AssertionError("%s answered %d: %s".formatted(response.uri(), response.statusCode(),
				new String(response.body(), StandardCharsets.UTF_8)));
	}

}
