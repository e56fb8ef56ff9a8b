package dev.taskqueue.autoconfigure;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskQueue;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What Prometheus reads from a queue that ran something, and that dashboard, alerts and
 * documentation ask for nothing else.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusIT {

	private static final Path DOCS = Path.of("..", "docs");

	/** What Prometheus itself adds, or computes. */
	private static final Set<String> OTHERS = Set.of("job", "instance", "le");

	private static final Pattern METRIC = Pattern.compile("\\b(taskqueue_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|=|!=|!~)\\s*\"([^\"]*)\"");

	private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");

	private final ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
		.web(WebApplicationType.NONE)
		.properties("taskqueue.worker-count=1", "taskqueue.worker.max-heap=64MB",
				"management.metrics.distribution.percentiles-histogram.taskqueue.run=true",
				"spring.main.banner-mode=off")
		.run();

	private List<String> scrape = List.of();

	@BeforeAll
	void runSomething() {
		TaskQueue queue = this.context.getBean(TaskQueue.class);
		assertThat(queue.submit(() -> 42).join(Duration.ofSeconds(60))).isEqualTo(42);
		assertThatExceptionOfType(TaskFailedException.class).isThrownBy(() -> queue.add(() -> {
			throw new IllegalStateException("no");
		}).join(Duration.ofSeconds(60)));
		queue.terminate();
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.submit(() -> 43));
		PrometheusMeterRegistry registry = this.context.getBean(PrometheusMeterRegistry.class);
		await().until(() -> registry.scrape().contains("taskqueue_run_seconds_count{"));
		this.scrape = registry.scrape().lines().filter((line) -> line.startsWith("taskqueue_")).toList();
	}

	@AfterAll
	void close() {
		this.context.close();
	}

	@Test
	void whatHasHappenedIsCounted() {
		assertThat(this.scrape).contains("taskqueue_length_tasks{queue=\"taskQueue\"} 0.0",
				"taskqueue_processed_tasks{queue=\"taskQueue\"} 2.0",
				"taskqueue_tasks_seconds_count{outcome=\"succeeded\",queue=\"taskQueue\"} 1",
				"taskqueue_tasks_seconds_count{outcome=\"failed\",queue=\"taskQueue\"} 1",
				"taskqueue_wait_seconds_count{queue=\"taskQueue\"} 2",
				"taskqueue_worker_exits_total{queue=\"taskQueue\",reason=\"terminated\"} 1.0");
		assertThat(this.scrape).anyMatch((line) -> line
			.matches("taskqueue_tasks_seconds_sum\\{outcome=\"succeeded\",queue=\"taskQueue\"} [0-9.E-]*[1-9].*"));
	}

	@ParameterizedTest
	@MethodSource("expressions")
	void everyExpressionAsksForWhatIsThere(String expression) {
		Set<String> labels = new TreeSet<>(OTHERS);
		Matcher metric = METRIC.matcher(expression);
		while (metric.find()) {
			List<String> samples = samples(metric.group(1));
			assertThat(samples).as(metric.group(1)).isNotEmpty();
			samples.forEach((sample) -> LABEL.matcher(sample).results().forEach((label) -> labels.add(label.group(1))));
			LABEL.matcher(Objects.requireNonNullElse(metric.group(2), ""))
				.results()
				.forEach((label) -> assertLabel(samples, label.group(1), label.group(3)));
		}
		assertThat(
				BY.matcher(expression).results().flatMap((by) -> Stream.of(by.group(1).split(","))).map(String::strip))
			.isSubsetOf(labels);
	}

	@Test
	void everyNameInTheDocumentationIsThere() throws Exception {
		String text = Files.readString(DOCS.resolve("monitoring.md"));
		assertThat(METRIC.matcher(text).results().map((name) -> name.group(1))).isNotEmpty()
			.allSatisfy((name) -> assertThat(this.scrape).as(name)
				.anyMatch((sample) -> sample.matches(name + "(_sum|_count|_max|_bucket)?\\{.*")));
		assertThat(this.scrape).allSatisfy((sample) -> assertThat(text)
			.contains(sample.substring(0, sample.indexOf('{')).replaceFirst("_(g?sum|g?count|max|bucket)$", "")));
	}

	@Test
	void everyAlertIsExplained() throws Exception {
		String text = Files.readString(DOCS.resolve("monitoring.md"));
		assertThat(rules().map((rule) -> String.valueOf(rule.get("alert")))).isNotEmpty()
			.allSatisfy((alert) -> assertThat(text).contains("| `" + alert + "` |"));
	}

	@Test
	void theDashboardCanBeImported() {
		JsonNode dashboard = dashboard();
		assertThat(dashboard.path("schemaVersion").intValue()).isGreaterThanOrEqualTo(41);
		assertThat(dashboard.path("templating").path("list"))
			.extracting((variable) -> variable.path("name").stringValue())
			.containsExactly("datasource", "job", "queue");
		assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy((panel) -> {
			assertThat(panel.path("title").stringValue()).isNotBlank();
			assertThat(panel.path("datasource").path("uid").stringValue()).isEqualTo("${datasource}");
			assertThat(panel.path("targets")).isNotEmpty();
		});
		assertThat(dashboard.path("panels")).extracting((panel) -> panel.path("id").intValue()).doesNotHaveDuplicates();
	}

	private void assertLabel(List<String> samples, String label, String value) {
		if (OTHERS.contains(label) || value.startsWith("$")) {
			return;
		}
		assertThat(samples).as(label).anyMatch((sample) -> sample.contains(label + "=\""));
		// An error is there only once it has happened
		if (!label.equals("error")) {
			assertThat(value.split("\\|")).allSatisfy(
					(one) -> assertThat(samples).anyMatch((sample) -> sample.contains(label + "=\"" + one + "\"")));
		}
	}

	private List<String> samples(String metric) {
		return this.scrape.stream().filter((line) -> line.startsWith(metric + "{")).toList();
	}

	static Stream<String> expressions() throws Exception {
		JsonNode dashboard = dashboard();
		Stream<String> panels = elements(dashboard.path("panels")).flatMap((panel) -> elements(panel.path("targets")))
			.map((target) -> target.path("expr").stringValue());
		Stream<String> variables = elements(dashboard.path("templating").path("list"))
			.filter((variable) -> variable.path("type").stringValue().equals("query"))
			.map((variable) -> variable.path("definition").stringValue());
		return Stream.of(panels, variables, rules().map((rule) -> String.valueOf(rule.get("expr"))))
			.flatMap((all) -> all);
	}

	private static JsonNode dashboard() {
		return JsonMapper.shared().readTree(DOCS.resolve("grafana-dashboard.json"));
	}

	private static Stream<JsonNode> elements(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	private static Stream<Map<String, Object>> rules() throws Exception {
		try (Reader reader = Files.newBufferedReader(DOCS.resolve("prometheus-alerts.yml"))) {
			Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(reader);
			return Objects.requireNonNull(file.get("groups"))
				.stream()
				.flatMap((group) -> Objects.requireNonNull(group.get("rules")).stream());
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
