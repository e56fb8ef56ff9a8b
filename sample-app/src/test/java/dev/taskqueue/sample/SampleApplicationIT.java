package dev.taskqueue.sample;

import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.sample.thumbnail.TestImages;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole application with real worker processes. Closes its context at the end, and
 * with it the workers.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.submit-gallery=false", "sample.database=./target/application-it/catalogue" })
@DirtiesContext
class SampleApplicationIT {

	private static final byte[] IMAGE = TestImages.encode(TestImages.opaque(900, 450), "png");

	private final SampleClient client;

	SampleApplicationIT(@LocalServerPort int port) {
		this.client = new SampleClient(port);
	}

	@BeforeEach
	void awaitWorkers() {
		awaitWorkerCount();
	}

	@Test
	void imageGoesInAndThumbnailComesOut() {
		JsonNode status = this.client.awaitFinal(this.client.submit("cat.png", IMAGE));
		assertThat(status.get("state").stringValue()).isEqualTo("SUCCEEDED");
		assertThat(status.get("name").stringValue()).isEqualTo("cat.png");
		assertThat(status.get("worker").longValue()).isNotEqualTo(ProcessHandle.current().pid());
		assertThat(status.at("/result/sourceWidth").intValue()).isEqualTo(900);
		HttpResponse<byte[]> response = this.client.get(status.at("/result/url").stringValue());
		assertThat(response.headers().firstValue("Content-Type")).contains("image/jpeg");
		BufferedImage thumbnail = TestImages.decode(response.body());
		assertThat(thumbnail.getWidth()).isEqualTo(360);
		assertThat(thumbnail.getHeight()).isEqualTo(180);
	}

	@Test
	void formWithSeveralFiles() {
		assertThat(this.client.submitForm(List.of("form-a.png", "form-b.png"), IMAGE)).isEqualTo("/api/thumbnails");
		JsonNode list = this.client.awaitJson("/api/thumbnails",
				(thumbnails) -> thumbnails.at("/0/state").stringValue("").equals("SUCCEEDED")
						&& thumbnails.at("/1/state").stringValue("").equals("SUCCEEDED"));
		assertThat(list.at("/0/name").stringValue()).isEqualTo("form-b.png");
		assertThat(list.at("/1/name").stringValue()).isEqualTo("form-a.png");
	}

	@Test
	void whatIsNoImageFailsAndSaysWhy() {
		JsonNode status = this.client
			.awaitFinal(this.client.submit("notes.png", "no image".getBytes(StandardCharsets.UTF_8)));
		assertThat(status.get("state").stringValue()).isEqualTo("FAILED");
		assertThat(status.at("/error/reason").stringValue()).isEqualTo("NotAnImageException");
		assertThat(status.at("/error/message").stringValue()).isEqualTo("'notes.png' is not a JPEG, PNG or GIF image");
		assertThat(this.client.get("/api/thumbnails/" + status.get("id").longValue() + "/image").statusCode())
			.isEqualTo(409);
	}

	@Test
	void uploadOverTheLimitIsRefusedWithAProblemDetail() {
		byte[] large = new byte[20 * 1024 * 1024 + 1];
		assertTooLarge(this.client.post("/api/thumbnails", "image/png", large));
		assertTooLarge(this.client.post("/api/thumbnails", MultipartBody.CONTENT_TYPE,
				MultipartBody.of("file", List.of("large.png"), large)));
	}

	@Test
	void workerRecordsItsThumbnailInTheDatabase() {
		long before = this.client.json("/api/catalogue").get("size").longValue();
		JsonNode status = this.client.awaitFinal(this.client.submit("recorded.png", IMAGE));
		JsonNode catalogue = this.client.json("/api/catalogue");
		assertThat(catalogue.get("size").longValue()).isEqualTo(before + 1);
		assertThat(catalogue.at("/newest/0/name").stringValue()).isEqualTo("recorded.png");
		assertThat(catalogue.at("/newest/0/width").intValue()).isEqualTo(900);
		assertThat(catalogue.at("/newest/0/worker").longValue()).isEqualTo(status.get("worker").longValue())
			.isNotEqualTo(ProcessHandle.current().pid());
	}

	/** They show a view of the queue that may be some milliseconds old. */
	@Test
	void endpointAndGaugesCountTasks(@Autowired TaskQueue queue) {
		long before = queue.processed();
		this.client.awaitFinal(this.client.submit("one.png", IMAGE));
		this.client.awaitFinal(this.client.submit("two.png", IMAGE));
		Awaitility.await().untilAsserted(() -> {
			JsonNode shown = this.client.queue();
			assertThat(shown.get("length").longValue()).isZero();
			assertThat(shown.get("processed").longValue()).isEqualTo(before + 2);
			assertThat(this.client.gauge("taskqueue.length")).isZero();
			assertThat(this.client.gauge("taskqueue.processed")).isEqualTo(before + 2);
		});
	}

	@Test
	void bombFailsAloneAndTheQueueRecovers() {
		Set<Long> workers = this.client.workers();
		String bomb = this.client.submitBomb();
		List<String> others = IntStream.range(0, 10).mapToObj((i) -> this.client.submit(i + ".png", IMAGE)).toList();

		JsonNode failed = this.client.awaitFinal(bomb);
		assertThat(failed.get("state").stringValue()).isEqualTo("CRASHED");
		assertThat(failed.at("/error/reason").stringValue()).isEqualTo("OUT_OF_MEMORY");
		assertThat(failed.get("worker").longValue()).isIn(workers);
		for (String other : others) {
			assertThat(this.client.awaitFinal(other).get("state").stringValue()).isEqualTo("SUCCEEDED");
		}

		awaitWorkerCount();
		assertThat(this.client.workers()).doesNotContain(failed.get("worker").longValue());
		assertThat(this.client.json("/actuator/health").get("status").stringValue()).isEqualTo("UP");
	}

	@Test
	void everyExperimentEndsAsItShould() {
		Map<String, String> endings = Map.of("EXIT", "CRASHED EXITED", "HALT", "CRASHED EXITED", "CRASH",
				"CRASHED NATIVE_CRASH", "LEAK", "CRASHED OUT_OF_MEMORY", "RECURSION", "FAILED StackOverflowError",
				"LOOP", "TIMED_OUT TIMEOUT", "FLAKY", "SUCCEEDED ");
		Map<String, String> runs = endings.keySet()
			.stream()
			.collect(Collectors.toMap(Function.identity(), this.client::run));
		assertThat(runs).allSatisfy((experiment, run) -> {
			JsonNode status = this.client.awaitFinal(run);
			assertThat(status.get("state").stringValue() + " " + status.at("/error/reason").stringValue(""))
				.isEqualTo(endings.get(experiment));
		});
		assertThat(this.client.json("/actuator/health").at("/components/taskqueue/components/lab/status").stringValue())
			.isEqualTo("UP");
	}

	@Test
	void prometheusScrapesEveryMeterOfBothQueues() {
		this.client.awaitFinal(this.client.run("EXIT"));
		this.client.awaitFinal(this.client.submit("image.png", IMAGE));
		Awaitility.await().untilAsserted(() -> {
			HttpResponse<byte[]> scrape = this.client.get("/actuator/prometheus");
			assertThat(scrape.statusCode()).isEqualTo(200);
			String samples = new String(scrape.body(), StandardCharsets.UTF_8);
			assertThat(Stream.of("length_tasks", "processed_tasks", "waiting_tasks", "running_tasks", "delayed_tasks",
					"workers", "tasks_seconds_count", "wait_seconds_count"))
				.allSatisfy((meter) -> assertThat(samples).containsPattern("taskqueue_" + meter + "\\{.*queue=\"lab\"")
					.containsPattern("taskqueue_" + meter + "\\{.*queue=\"taskQueue\""));
			assertThat(samples)
				.containsPattern("taskqueue_tasks_seconds_count\\{outcome=\"crashed\",queue=\"lab\".* [1-9]")
				.containsPattern("taskqueue_tasks_seconds_count\\{outcome=\"succeeded\",queue=\"taskQueue\".* [1-9]")
				.containsPattern("taskqueue_worker_exits_total\\{queue=\"lab\",reason=\"exited\".* [1-9]");
		});
	}

	@Test
	void pageIsServed() {
		HttpResponse<byte[]> page = this.client.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("app.js", "style.css");
	}

	private void awaitWorkerCount() {
		Awaitility.await("two ready workers")
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.client.workers()).hasSize(2));
	}

	private static void assertTooLarge(HttpResponse<byte[]> response) {
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("20 MB");
	}

}
