package dev.taskqueue.autoconfigure;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** What editors show for our properties. */
class ConfigurationMetadataTests {

	private final PropertyMetadata metadata = new PropertyMetadata();

	@Test
	void everyPropertyIsThere() {
		assertThat(this.metadata.properties().keySet()).containsExactlyInAnyOrder("taskqueue.enabled",
				"taskqueue.auto-startup", "taskqueue.mode", "taskqueue.worker-count", "taskqueue.requests-per-worker",
				"taskqueue.terminate-timeout", "taskqueue.capacity", "taskqueue.max-payload", "taskqueue.result-filter",
				"taskqueue.task.timeout", "taskqueue.task.queue-timeout", "taskqueue.task.soft-timeout",
				"taskqueue.task.grace", "taskqueue.task.max-attempts", "taskqueue.task.backoff",
				"taskqueue.task.retry-on", "taskqueue.worker.java-home", "taskqueue.worker.jvm-args",
				"taskqueue.worker.max-heap", "taskqueue.worker.max-memory", "taskqueue.worker.max-age",
				"taskqueue.worker.startup-timeout", "taskqueue.worker.environment",
				"taskqueue.worker.system-properties", "taskqueue.worker.class-path", "taskqueue.worker.command-prefix",
				"taskqueue.worker.launch-mode", "taskqueue.worker.class-archive", "taskqueue.worker.cache-directory",
				"taskqueue.worker.spring.enabled", "taskqueue.worker.spring.sources", "taskqueue.worker.spring.lazy",
				"taskqueue.worker.spring.properties", "taskqueue.worker.spring.start", "taskqueue.queues",
				"management.health.taskqueue.enabled", "management.endpoint.taskqueue.access",
				"management.endpoint.taskqueue.cache.time-to-live", "management.endpoint.taskqueue.show-values",
				"management.endpoint.taskqueue.roles");
	}

	@Test
	void everyPropertyIsDescribed() {
		assertThat(this.metadata.properties().values())
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).hasSizeGreaterThan(20)
				.endsWith(".")
				.doesNotContain("{@"));
	}

	@Test
	void everyPropertyHasADefaultOrSaysWhatItIs() {
		assertThat(defaultOf("taskqueue.enabled")).isEqualTo("true");
		assertThat(defaultOf("taskqueue.auto-startup")).isEqualTo("true");
		assertThat(defaultOf("taskqueue.mode")).isEqualTo("process");
		assertThat(defaultOf("taskqueue.worker-count")).isEqualTo("the available processors.");
		assertThat(defaultOf("taskqueue.requests-per-worker")).isEqualTo("0");
		assertThat(defaultOf("taskqueue.terminate-timeout")).isEqualTo("5s");
		assertThat(defaultOf("taskqueue.capacity")).isEqualTo("0");
		assertThat(defaultOf("taskqueue.max-payload")).isEqualTo("64MB");
		assertThat(defaultOf("taskqueue.result-filter")).isEqualTo("the application's own packages.");
		assertThat(defaultOf("taskqueue.task.timeout")).isEqualTo("no limit.");
		assertThat(defaultOf("taskqueue.task.queue-timeout")).isEqualTo("no limit.");
		assertThat(defaultOf("taskqueue.task.soft-timeout")).isEqualTo("no limit.");
		assertThat(defaultOf("taskqueue.task.grace")).isEqualTo("5s.");
		assertThat(defaultOf("taskqueue.task.max-attempts")).isEqualTo("1, so never twice.");
		assertThat(defaultOf("taskqueue.task.backoff")).isEqualTo("1s.");
		assertThat(defaultOf("taskqueue.task.retry-on")).isEqualTo("failed, timed-out and crashed.");
		assertThat(defaultOf("taskqueue.worker.java-home")).isEqualTo("the application's own.");
		assertThat(defaultOf("taskqueue.worker.max-heap")).startsWith("what the machine's or container's memory");
		assertThat(defaultOf("taskqueue.worker.max-memory")).isEqualTo("no limit.");
		assertThat(defaultOf("taskqueue.worker.max-age")).isEqualTo("no limit.");
		assertThat(defaultOf("taskqueue.worker.startup-timeout")).isEqualTo("60s");
		assertThat(defaultOf("taskqueue.worker.class-path")).isEqualTo("the application's own.");
		assertThat(defaultOf("taskqueue.worker.spring.enabled")).isEqualTo("false");
		assertThat(defaultOf("taskqueue.worker.spring.sources")).isEqualTo("the application's own sources.");
		assertThat(defaultOf("taskqueue.worker.spring.lazy")).isEqualTo("true");
		assertThat(defaultOf("management.endpoint.taskqueue.show-values")).isEqualTo("never");
	}

	@Test
	void hintsAreForPropertiesThatExistAndTheirValuesAreAccepted() {
		assertThat(this.metadata.properties().keySet()).containsAll(this.metadata.hints().keySet());
		assertThat(this.metadata.hints().values()).isNotEmpty().allSatisfy((hint) -> {
			String name = hint.path("name").stringValue();
			for (JsonNode value : hint.path("values")) {
				new ApplicationContextRunner()
					.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class))
					.withPropertyValues("taskqueue.auto-startup=false", name + "=" + value.path("value").stringValue())
					.run((context) -> assertThat(context).hasNotFailed());
			}
		});
	}

	private String defaultOf(String name) {
		return this.metadata.defaultOf(name);
	}

}
