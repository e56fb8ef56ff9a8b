package dev.taskqueue.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.test.InlineTaskQueue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class NamedTaskQueuesAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class,
				NamedTaskQueuesAutoConfiguration.class, TaskQueueEndpointAutoConfiguration.class,
				TaskQueueHealthContributorAutoConfiguration.class, TaskQueueMetricsAutoConfiguration.class))
		.withPropertyValues("taskqueue.auto-startup=false");

	private final ApplicationContextRunner mail = this.runner
		.withPropertyValues("taskqueue.queues.mail.worker-count=3");

	private final ApplicationContextRunner mailAndVideo = this.mail.withPropertyValues("taskqueue.queues.video=");

	@Test
	void aQueueIsABeanOfItsNameWithALifeCycleOfItsOwn() {
		this.mailAndVideo
			.withPropertyValues("taskqueue.queues.mail.auto-startup=true", "taskqueue.queues.video.auto-startup=false")
			.withBean("lifecycleProcessor", TaskQueueAutoConfigurationTests.InertLifecycleProcessor.class)
			.run((context) -> {
				assertThat(context.getBean("mail", TaskQueue.class).snapshot().name()).isEqualTo("mail");
				assertThat(context.getBean("video", TaskQueue.class).snapshot().name()).isEqualTo("video");
				assertThat(context.getBeansOfType(TaskQueueLifecycle.class)).containsOnlyKeys("taskQueueLifecycle",
						"mailTaskQueueLifecycle", "videoTaskQueueLifecycle");
				assertThat(context.getBean("mailTaskQueueStart", TaskQueueStart.class).isAutoStartup()).isTrue();
				assertThat(context.getBean("videoTaskQueueStart", TaskQueueStart.class).isAutoStartup()).isFalse();
			});
	}

	@Test
	void thereIsNoQueueWithoutAName() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(TaskQueue.class));
	}

	@Test
	void eachQueueHasTheModeOfTheDefaultQueueOrItsOwn() {
		this.mailAndVideo.withPropertyValues("taskqueue.mode=inline", "taskqueue.queues.mail.mode=process")
			.run((context) -> {
				assertThat(context.getBean("taskQueue")).isInstanceOf(InlineTaskQueue.class);
				assertThat(context.getBean("video")).isInstanceOf(InlineTaskQueue.class);
				assertThat(context.getBean("mail")).isNotInstanceOf(InlineTaskQueue.class);
			});
	}

	@Test
	void closingTheContextClosesEveryQueue() {
		List<TaskQueue> queues = new ArrayList<>();
		this.mailAndVideo.run((context) -> queues.addAll(context.getBeansOfType(TaskQueue.class).values()));
		assertThat(queues).hasSize(3)
			.allSatisfy((queue) -> assertThat(queue.snapshot().state()).isEqualTo(QueueState.TERMINATED));
	}

	@Test
	void itIsInjectedByItsNameAndNeverOtherwise() {
		this.mail.withBean(Injected.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.plain).isSameAs(context.getBean("taskQueue"));
			assertThat(injected.mail).as("a parameter's name is not a qualifier")
				.isSameAs(context.getBean("taskQueue"));
			assertThat(injected.qualified).isSameAs(context.getBean("mail"));
			assertThat(injected.provider.getIfUnique()).isSameAs(context.getBean("taskQueue"));
			assertThat(injected.all).containsOnlyKeys("taskQueue", "mail");
			assertThat(context.getBean(TaskQueue.class)).isSameAs(context.getBean("taskQueue"));
		});
	}

	@Test
	void theApplicationsOwnQueueIsInjectedAndNotTheNamedOne() {
		StubTaskQueue own = new StubTaskQueue();
		this.mail.withBean("own", TaskQueue.class, () -> own).withBean(Injected.class).run((context) -> {
			assertThat(context).doesNotHaveBean("taskQueue").doesNotHaveBean("taskQueueLifecycle");
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.plain).isSameAs(own);
			assertThat(injected.mail).isSameAs(own);
			assertThat(injected.qualified).isSameAs(context.getBean("mail"));
			assertThat(injected.all).containsOnlyKeys("own", "mail");
		});
	}

	@Test
	void thePrimaryOfTheApplicationsOwnQueuesIsInjected() {
		this.mail.withUserConfiguration(OwnQueues.class).withBean(Injected.class).run((context) -> {
			assertThat(context.getBean(Injected.class).plain).isSameAs(context.getBean("first"));
			assertThat(context.getBean(Injected.class).all).containsOnlyKeys("first", "second", "mail");
		});
	}

	@Test
	void aQueueOfTheApplicationsThatIsNoDefaultCandidateLeavesTheDefaultQueueInPlace() {
		this.mail.withUserConfiguration(OwnQueueByQualifierOnly.class)
			.withBean(Injected.class)
			.run((context) -> assertThat(context.getBean(Injected.class).plain).isSameAs(context.getBean("taskQueue")));
	}

	@Test
	void thereAreNoNamedQueuesWhereOneWouldBeTheOnlyCandidate() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(NamedTaskQueuesAutoConfiguration.class))
			.withPropertyValues("taskqueue.queues.mail.worker-count=3")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskQueue.class));
	}

	@Test
	void disablingAllDisablesNamedQueues() {
		this.mail.withPropertyValues("taskqueue.enabled=false", "taskqueue.queues.mail.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskQueue.class));
	}

	@Test
	void aQueueCanBeDisabled() {
		this.mailAndVideo.withPropertyValues("taskqueue.queues.mail.enabled=false")
			.run((context) -> assertThat(context.getBeansOfType(TaskQueue.class)).containsOnlyKeys("taskQueue",
					"video"));
	}

	@Test
	void aDisabledQueueIsNotInjectedUnderAnotherName() {
		this.mail.withPropertyValues("taskqueue.queues.mail.enabled=false")
			.withBean(Injected.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(UnsatisfiedDependencyException.class)
				.hasRootCauseInstanceOf(NoSuchBeanDefinitionException.class));
	}

	@Test
	void aChildContextSharesTheQueuesOfItsParent() {
		this.mail.run((parent) -> this.mail.withParent(parent).withBean(Injected.class).run((child) -> {
			assertThat(child.getBeanFactory().containsLocalBean("mail")).isFalse();
			assertThat(child.getBean(Injected.class).qualified).isSameAs(parent.getBean("mail"));
			assertThat(child.getBean(Injected.class).plain).isSameAs(parent.getBean("taskQueue"));
		}));
	}

	@Test
	void aQueueOfAChildContextIsNotInjectedInsteadOfTheParentsDefault() {
		this.runner.run((parent) -> this.mail.withParent(parent).withBean(Injected.class).run((child) -> {
			assertThat(child.getBeanFactory().containsLocalBean("mail")).isTrue();
			assertThat(child.getBean(Injected.class).plain).isSameAs(parent.getBean("taskQueue"));
			assertThat(child.getBean(Injected.class).qualified).isSameAs(child.getBean("mail"));
		}));
	}

	@Test
	void whatItDoesNotSetItInheritsFromTheDefaultQueue() {
		settings("mail", (mail) -> {
			assertThat(mail.getWorkerCount()).isEqualTo(3);
			assertThat(mail.getCapacity()).isEqualTo(7);
			assertThat(mail.getTask().getTimeout()).isEqualTo(Duration.ofMinutes(1));
			assertThat(mail.getTask().getGrace()).isEqualTo(Duration.ofSeconds(2));
			assertThat(mail.getWorker().getJvmArgs()).containsExactly("-ea");
			assertThat(mail.getWorker().getSystemProperties()).containsOnly(Map.entry("a", "1"), Map.entry("b", "3"),
					Map.entry("c", "4"));
		}, "taskqueue.worker-count=2", "taskqueue.capacity=7", "taskqueue.task.timeout=1s", "taskqueue.task.grace=2s",
				"taskqueue.worker.jvm-args=-Xss1m,-Xint", "taskqueue.worker.system-properties.a=1",
				"taskqueue.worker.system-properties.b=2", "taskqueue.queues.mail.worker-count=3",
				"taskqueue.queues.mail.task.timeout=1m", "taskqueue.queues.mail.worker.jvm-args=-ea",
				"taskqueue.queues.mail.worker.system-properties.b=3",
				"taskqueue.queues.mail.worker.system-properties.c=4");
	}

	@Test
	void queuesDoNotInheritFromOneAnother() {
		settings("video", (video) -> {
			assertThat(video.getCapacity()).isZero();
			assertThat(video.getWorker().getSystemProperties()).isEmpty();
		}, "taskqueue.queues.mail.capacity=3", "taskqueue.queues.mail.worker.system-properties.a=1",
				"taskqueue.queues.video=");
	}

	@ParameterizedTest
	@CsvSource({ "TASKQUEUE_QUEUES_MAIL_WORKERCOUNT, TASKQUEUE_QUEUES_MAIL_WORKER_MAXHEAP",
			"TASKQUEUE_QUEUES_MAIL_WORKER_COUNT, TASKQUEUE_QUEUES_MAIL_WORKER_MAX_HEAP",
			"taskqueue_queues_mail_workercount, taskqueue_queues_mail_worker_maxheap",
			"taskqueue.queues.mail.worker-count, taskqueue.queues.mail.worker.max-heap",
			"taskqueue.queues.mail.workerCount, taskqueue.queues.mail.worker.maxHeap" })
	void itIsConfiguredByEnvironmentVariables(String workerCount, String maxHeap) {
		this.runner.withInitializer(environment(Map.of(workerCount, "3", maxHeap, "96MB"))).run((context) -> {
			assertThat(context.getBeansOfType(TaskQueue.class)).containsOnlyKeys("taskQueue", "mail");
			TaskQueueProperties mail = new ConfiguredQueues(context.getEnvironment()).settings("mail");
			assertThat(mail.getWorkerCount()).isEqualTo(3);
			assertThat(mail.getWorker().getMaxHeap()).hasToString("100663296B");
		});
	}

	@Test
	void yamlDeclaresAQueueThatDiffersInNothing() throws IOException {
		this.runner.withInitializer(yaml("""
				taskqueue:
				  queues:
				    mail:
				    fax:
				      worker-count: 2
				"""))
			.run((context) -> assertThat(context.getBeansOfType(TaskQueue.class)).containsOnlyKeys("taskQueue", "mail",
					"fax"));
	}

	@Test
	void yamlDeclaresAQueueByAnEmptyMap() throws IOException {
		assumeThat(SpringBootVersion.getVersion()).as("Spring Boot 4.0 drops empty maps").doesNotStartWith("4.0.");
		this.runner.withInitializer(yaml("taskqueue: { queues: { mail: {} } }"))
			.run((context) -> assertThat(context.getBeansOfType(TaskQueue.class)).containsOnlyKeys("taskQueue",
					"mail"));
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> yaml(String text) throws IOException {
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("yaml",
				new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
		return (context) -> sources.forEach(context.getEnvironment().getPropertySources()::addLast);
	}

	@Test
	void canBeProcessedAheadOfTime() throws IOException {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("com.acme", "Application")), files);
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("taskqueue.queues.mail.worker-count=3").applyTo(context);
		context.register(TaskQueueAutoConfiguration.class, NamedTaskQueuesAutoConfiguration.class);
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		StringBuilder sources = new StringBuilder();
		for (InputStreamSource source : files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).values()) {
			sources.append(new String(source.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		assertThat(sources).contains("setFallback(true)", "setDestroyMethodNames(\"close\")", "\"mail\"");
	}

	@Test
	void anEnvironmentVariableWinsOverAFile() {
		this.runner.withInitializer(environment(Map.of("TASKQUEUE_QUEUES_MAIL_WORKERCOUNT", "5")))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("file", Map.of("taskqueue.queues.mail.worker-count", "3"))))
			.run((context) -> assertThat(
					new ConfiguredQueues(context.getEnvironment()).settings("mail").getWorkerCount())
				.isEqualTo(5));
	}

	@Test
	void itsOwnSettingWinsOverAnInheritedOneWhereverThatIsSet() {
		this.mail.withInitializer(environment(Map.of("TASKQUEUE_WORKERCOUNT", "5")))
			.run((context) -> assertThat(
					new ConfiguredQueues(context.getEnvironment()).settings("mail").getWorkerCount())
				.isEqualTo(3));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			taskqueue.queues.bulk-mail.worker-count, 2, 'bulk-mail' cannot be the name of a queue
			taskqueue.queues.bulk_mail.worker-count, 2, 'bulk_mail' cannot be the name of a queue
			taskqueue.queues.bulkMail.worker-count,  2, 'bulkMail' cannot be the name of a queue
			taskqueue.queues.2.worker-count,         2, '2' cannot be the name of a queue
			taskqueue.queues[0].worker-count,        2, '0' cannot be the name of a queue
			taskqueue.queues.[a.b].worker-count,     2, 'a.b' cannot be the name of a queue
			taskqueue.queues.taskQueue.capacity,     2, 'taskQueue' is the default queue
			taskqueue.queues.taskqueue.capacity,     2, 'taskQueue' is the default queue
			taskqueue.queues.mail,                   2, A queue has settings
			taskqueue.queues.mail.wroker-count,      2, No queue has such a setting
			taskqueue.queues.environment.capacity,   2, There is a bean called 'environment' already
			taskqueue.queues.own.capacity,           2, There is a bean called 'own' already
			taskqueue.queues.alias.capacity,         2, There is a bean called 'alias' already
			""")
	void aNameThatCannotBeIsRefusedWithAnExplanation(String property, String value, String reason) {
		this.runner.withUserConfiguration(OwnBean.class)
			.withPropertyValues(property + "=" + value)
			.run((context) -> assertRefused(context, property, reason));
	}

	@Test
	void aNameThatIsTakenIsRefusedEvenWhereBeansMayBeOverridden() {
		this.runner.withAllowBeanDefinitionOverriding(true)
			.withUserConfiguration(OwnBean.class)
			.withPropertyValues("taskqueue.queues.own.capacity=2")
			.run((context) -> assertRefused(context, "taskqueue.queues.own.capacity",
					"There is a bean called 'own' already"));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			TASKQUEUE_QUEUES_BULK_MAIL_WORKERCOUNT, No queue has such a setting
			TASKQUEUE_QUEUES_0_WORKERCOUNT,         '0' cannot be the name of a queue
			""")
	void anEnvironmentVariableMakesNoQueueByAccident(String variable, String reason) {
		this.runner.withInitializer(environment(Map.of(variable, "2")))
			.run((context) -> assertRefused(context, variable, reason));
	}

	@ParameterizedTest
	@CsvSource({ "taskqueue.queues.mail.capacity, taskqueue.queues.mail.capacity",
			"taskqueue.queues.mail.task.max-attempts, taskqueue.queues.mail.task.max-attempts",
			"TASKQUEUE_QUEUES_MAIL_WORKER_MAXHEAP, TASKQUEUE_QUEUES_MAIL_WORKER_MAXHEAP",
			"TASKQUEUE_CAPACITY, TASKQUEUE_CAPACITY", "taskqueue.workerCount, taskqueue.workerCount" })
	void aBadValueIsRefusedWithTheNameItWasGiven(String property, String name) {
		this.runner.withBean("own", TaskQueue.class, StubTaskQueue::new)
			.withPropertyValues("taskqueue.queues.mail=")
			.withInitializer(environment(Map.of(property, "-1")))
			.run((context) -> assertRefused(context, name, "The queue refuses it"));
	}

	@Test
	void customizersAreToldTheQueuesName() {
		List<String> calls = new ArrayList<>();
		this.mailAndVideo.withBean("every", TaskQueueCustomizer.class, () -> (builder) -> calls.add("every"))
			.withBean("mails", TaskQueueCustomizer.class,
					() -> TaskQueueCustomizer.forQueue("mail", (builder) -> calls.add("mail")))
			.withBean("defaults", TaskQueueCustomizer.class,
					() -> TaskQueueCustomizer.forQueue("taskQueue", (builder) -> calls.add("taskQueue")))
			.withBean("named", TaskQueueCustomizer.class, () -> new NamingCustomizer(calls))
			.run((context) -> assertThat(calls).containsExactlyInAnyOrder("every", "every", "every", "mail",
					"taskQueue", "named mail", "named video", "named taskQueue"));
	}

	@Test
	void everyQueueIsInTheEndpointTheHealthAndTheMeters() {
		this.mailAndVideo.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("management.endpoints.web.exposure.include=taskqueue")
			.run((context) -> {
				assertThat(context.getBean(TaskQueueEndpoint.class).queues().queues()).containsOnlyKeys("taskQueue",
						"mail", "video");
				assertThat(context.getBean("taskqueueHealthContributor", CompositeHealthContributor.class).stream())
					.extracting(HealthContributors.Entry::name)
					.containsExactlyInAnyOrder("taskQueue", "mail", "video");
				SimpleMeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(TaskQueueMetrics.class).bindTo(registry);
				assertThat(registry.find("taskqueue.length").gauges())
					.extracting((gauge) -> gauge.getId().getTag("queue"))
					.containsExactlyInAnyOrder("taskQueue", "mail", "video");
			});
	}

	@Test
	void theShutdownPhaseIsAsLongAsTheLongestDrain() {
		this.mailAndVideo.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class))
			.withPropertyValues("taskqueue.terminate-timeout=40s", "taskqueue.queues.mail.terminate-timeout=50s",
					"taskqueue.queues.video.terminate-timeout=1s")
			.run((context) -> assertThat(TaskQueueAutoConfigurationTests.phases(context))
				.containsExactly(Map.entry(TaskQueueLifecycle.PHASE, 52_000L)));
	}

	private void settings(String queue, Consumer<TaskQueueProperties> check, String... properties) {
		this.runner.withPropertyValues(properties)
			.run((context) -> check.accept(new ConfiguredQueues(context.getEnvironment()).settings(queue)));
	}

	private static void assertRefused(AssertableApplicationContext context, String property, String reason) {
		assertThat(NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(context.getStartupFailure())))
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
				assertThat(ex.getName()).isEqualTo(property);
				assertThat(ex.getReason()).startsWith(reason).endsWith(".");
			});
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> environment(
			Map<String, Object> variables) {
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
	}

	static class Injected {

		final TaskQueue plain;

		final TaskQueue mail;

		final TaskQueue qualified;

		final ObjectProvider<TaskQueue> provider;

		final Map<String, TaskQueue> all;

		Injected(TaskQueue plain, TaskQueue mail, @Qualifier("mail") TaskQueue qualified,
				ObjectProvider<TaskQueue> provider, Map<String, TaskQueue> all) {
			this.plain = plain;
			this.mail = mail;
			this.qualified = qualified;
			this.provider = provider;
			this.all = all;
		}

	}

	/** Notes the queues it is told of. */
	private record NamingCustomizer(List<String> calls) implements TaskQueueCustomizer {

		@Override
		public void customize(TaskQueue.Builder builder) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void customize(String queue, TaskQueue.Builder builder) {
			this.calls.add("named " + queue);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBean {

		@Bean({ "own", "alias" })
		String own() {
			return "own";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnQueues {

		@Bean
		@Primary
		TaskQueue first() {
			return new StubTaskQueue();
		}

		@Bean
		TaskQueue second() {
			return new StubTaskQueue();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnQueueByQualifierOnly {

		@Bean(defaultCandidate = false)
		TaskQueue byQualifierOnly() {
			return new StubTaskQueue();
		}

	}

}
