package dev.taskqueue.autoconfigure.worker;

import java.util.List;
import java.util.Map;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.LeanContextSettings.Candidate;
import dev.taskqueue.test.InlineTaskQueue;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.test.context.support.TestPropertySourceUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What an application tells its workers. */
class WorkerContextValuesTests {

	@Test
	void sourcesProfilesArgumentsAndPropertiesAreTold() {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.profiles("one", "two")
			.properties("by.default=yes")
			.initializers(
					(context) -> TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "in.a.test=yes"));
		try (ConfigurableApplicationContext context = builder.run("--on.the.line=yes", "word")) {
			LeanContextSettings settings = LeanContextSettings.of(values(context).collect(List.of(), false,
					List.of("starter"), Map.of("spring.datasource.hikari.maximum-pool-size", "1")));
			assertThat(settings.sources()).containsExactly(Application.class.getName());
			assertThat(settings.profiles()).containsExactlyInAnyOrder("one", "two", "taskqueue-worker")
				.endsWith("taskqueue-worker");
			assertThat(settings.arguments()).containsExactly("--on.the.line=yes", "word");
			assertThat(settings.properties()).containsEntry("in.a.test", "yes").doesNotContainKey("on.the.line");
			assertThat(settings.defaultProperties()).containsEntry("by.default", "yes");
			assertThat(settings.overrides()).containsEntry("spring.datasource.hikari.maximum-pool-size", "1");
			assertThat(settings.start()).containsExactly("starter");
			assertThat(settings.lazy()).isFalse();
			assertThat(settings.environmentPrefix()).isNull();
			assertThat(settings.queues()).containsExactlyInAnyOrderEntriesOf(
					Map.of("main", Candidate.PRIMARY, "plain", Candidate.REGULAR, "extra", Candidate.FALLBACK));
		}
	}

	@Test
	void theDefaultProfileStaysActive() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run()) {
			assertThat(LeanContextSettings.of(collect(context)).profiles()).containsExactly("default",
					"taskqueue-worker");
		}
	}

	@Test
	void thePrefixOfEnvironmentVariablesIsTold() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setEnvironmentPrefix("shop");
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(LeanContextSettings.of(collect(context)).environmentPrefix()).isEqualTo("shop");
		}
	}

	@Test
	void aContextWithoutAnApplicationHasNoSources() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
			assertThatIllegalStateException().isThrownBy(() -> collect(context))
				.withMessageContaining("its sources are not known");
			Map<String, String> named = values(context).collect(List.of(Application.class.getName()), true, List.of(),
					Map.of());
			assertThat(LeanContextSettings.of(named).sources()).containsExactly(Application.class.getName());
		}
	}

	@Test
	void aSourceWithoutALocationIsRefused() {
		ApplicationSources sources = new ApplicationSources(java.util.Set.of(new ByteArrayResource(new byte[0])), null);
		assertThatIllegalStateException().isThrownBy(sources::names).withMessageContaining("has no location");
	}

	private static Map<String, String> collect(ConfigurableApplicationContext context) {
		return values(context).collect(List.of(), true, List.of(), Map.of());
	}

	private static WorkerContextValues values(ConfigurableApplicationContext context) {
		return new WorkerContextValues(context.getBeanFactory(), context.getEnvironment());
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		@Primary
		TaskQueue main() {
			return InlineTaskQueue.create();
		}

		@Bean
		TaskQueue plain() {
			return InlineTaskQueue.create();
		}

		@Bean
		@Fallback
		TaskQueue extra() {
			return InlineTaskQueue.create();
		}

	}

}
