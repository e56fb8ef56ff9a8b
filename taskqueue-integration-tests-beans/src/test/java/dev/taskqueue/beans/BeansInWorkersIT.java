package dev.taskqueue.beans;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One application, started as its users do, whose tasks use its beans. */
@Timeout(300)
class BeansInWorkersIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	static Path directory;

	private static Shop shop;

	@BeforeAll
	static void start() throws IOException {
		shop = new Shop(directory, "--spring.profiles.active=night", "--shop.argument=argument", "word");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void aTasksTransactionCommits() throws Exception {
		assertThat(shop.texts("/commit")).contains("committed");
		assertThat(shop.get("/pids").valueStream().map(JsonNode::asLong)).isNotEmpty();
	}

	@Test
	void aTasksTransactionIsRolledBack() throws Exception {
		assertThat(shop.texts("/rollback")).first().isEqualTo("after the entry");
		assertThat(shop.texts("/entries")).doesNotContain("rolled back");
	}

	@Test
	void aHostileTaskEndsItsWorkerAndNoOther() throws Exception {
		assertThat(shop.texts("/hostile")).containsExactly("EXITED 7", "true");
		assertThat(shop.texts("/entries")).contains("before the end", "go on");
	}

	@Test
	void nothingBeginsInWorkers() throws Exception {
		assertThat(shop.get("/beginnings").asLong()).as("a worker has made the bean").isNotEqualTo(shop.pid());
		Set<String> begun = shop.journal().filter((what) -> !what.startsWith("port ")).collect(Collectors.toSet());
		assertThat(begun).containsExactlyInAnyOrder("application runner", "command line runner", "migration",
				"scheduled", "refreshed", "started", "ready", "web server", "life cycle");
		long before = shop.journal().count();
		await().atMost(LONG).until(() -> shop.journal().count() > before + 10);
		assertThat(shop.journalOfWorkers()).isEmpty();
		assertThat(shop.journal().filter("migration"::equals)).hasSize(1);
	}

	@Test
	void workersSeeTheApplicationsSettingsAndTheirOwn() throws Exception {
		JsonNode facts = shop.get("/facts");
		assertThat(facts.path("profiles").asString()).isEqualTo("night,taskqueue-worker");
		assertThat(facts.path("file").asString()).isEqualTo("file");
		assertThat(facts.path("profile").asString()).isEqualTo("night");
		assertThat(facts.path("worker-file").asString()).isEqualTo("worker");
		assertThat(facts.path("override").asString()).isEqualTo("worker");
		assertThat(facts.path("argument").asString()).isEqualTo("argument");
		assertThat(facts.path("system").asString()).isEqualTo("given");
		assertThat(facts.path("words").asString()).isEqualTo("word");
		assertThat(facts.path("pool").asInt()).isEqualTo(2);
	}

	@Test
	void aTaskAddsTasksToTheApplicationsQueues() throws Exception {
		shop.get("/others");
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(shop.texts("/entries")).contains("entered by a task", "entered by mail"));
	}

	@Test
	void aCallOfAQueuedMethodIsATaskAfterTheCommit() throws Exception {
		assertThat(shop.texts("/queued")).doesNotContain(String.valueOf(shop.pid())).last().isEqualTo("true");
		assertThat(shop.texts("/entries")).contains("before the task", "queued").doesNotContain("never");
	}

	@Test
	void workersLogThroughTheApplicationAndStartNoSecondOne() {
		assertThat(shop.output()).containsOnlyOnce("Started ShopApplication").doesNotContain("APPLICATION FAILED");
	}

}
