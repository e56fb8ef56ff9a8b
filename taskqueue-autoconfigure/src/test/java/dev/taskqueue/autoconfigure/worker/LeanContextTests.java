package dev.taskqueue.autoconfigure.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.BeanRef;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerContextException;
import dev.taskqueue.autoconfigure.worker.LeanContextSettings.Candidate;
import dev.taskqueue.test.InlineTaskQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The context of a worker, in this JVM: what it has of the application, and what not. */
@ExtendWith(OutputCaptureExtension.class)
class LeanContextTests {

	private static final List<String> begun = new CopyOnWriteArrayList<>();

	private static final CountDownLatch scheduled = new CountDownLatch(1);

	private final Map<String, InlineTaskQueue> queues = new LinkedHashMap<>(
			Map.of("taskQueue", InlineTaskQueue.create(), "mail", InlineTaskQueue.create()));

	private final LeanContext context = new LeanContext();

	private final Properties before = (Properties) System.getProperties().clone();

	@BeforeEach
	void forget() {
		begun.clear();
	}

	@AfterEach
	void close() {
		this.context.close();
		System.setProperties(this.before);
	}

	@Test
	void nothingBeginsButWhatTasksUse() throws Exception {
		start(settings(Application.class));
		assertThat(begun).isEmpty();
		assertThat(bean(Service.class).name()).isEqualTo("service");
		assertThat(begun).containsExactly("service");
		assertThat(scheduled.await(100, TimeUnit.MILLISECONDS)).as("a scheduled method ran").isFalse();
		assertThat(environment().getProperty("spring.main.web-application-type")).isEqualTo("none");
	}

	@Test
	void beansWithScheduledMethodsAreUsableAndDoNotRunThem() throws Exception {
		start(settings(Application.class));
		bean(Clock.class);
		assertThat(begun).containsExactly("clock");
		assertThat(scheduled.await(100, TimeUnit.MILLISECONDS)).isFalse();
	}

	@Test
	void listenersHearWhatATaskPublishesAndNotThatTheContextHasStarted() throws Exception {
		start(settings(Application.class));
		bean(Inside.class).context().publishEvent("hello");
		assertThat(begun).containsExactly("listener", "heard hello");
	}

	@Test
	void eagerBeansAreMadeAtTheStartIfToldSo() throws Exception {
		Map<String, String> settings = settings(Application.class);
		settings.put("lazy", "false");
		start(settings);
		assertThat(begun).contains("service", "clock", "listener").doesNotContain("runner", "lifecycle", "ready");
	}

	@Test
	void namedLifeCycleBeansStartAndStopAndNoOther() throws Exception {
		Map<String, String> settings = settings(Application.class);
		settings.put("start.0", "lifecycle");
		start(settings);
		assertThat(begun).containsExactly("lifecycle");
		this.context.close();
		assertThat(begun).containsExactly("lifecycle", "lifecycle stopped");
	}

	@Test
	void aNameThatIsNoLifeCycleBeanIsExplained() {
		Map<String, String> settings = settings(Application.class);
		settings.put("start.0", "service");
		assertThatExceptionOfType(WorkerContextException.class).isThrownBy(() -> start(settings))
			.withMessageContaining("taskqueue.worker.spring.start")
			.withMessageContaining("it does not implement Lifecycle");
		settings.put("start.0", "missing");
		assertThatExceptionOfType(WorkerContextException.class).isThrownBy(() -> start(settings))
			.withMessageContaining("no bean of this name");
	}

	@Test
	void queuesAreThoseOfTheApplicationInjectedAsThere() throws Exception {
		start(settings(Application.class));
		QueueUser user = bean(QueueUser.class);
		assertThat(user.plain).isSameAs(this.queues.get("taskQueue"));
		assertThat(user.mail).isSameAs(this.queues.get("mail"));
		assertThat(bean(Inside.class).context().getBeansOfType(TaskQueue.class)).hasSize(2);
		this.context.close();
		assertThat(user.mail.submit(() -> 42).join()).as("not closed with the context").isEqualTo(42);
	}

	@Test
	void nothingElseOfTaskQueueIsThere() throws Exception {
		start(settings(Application.class));
		assertThat(bean(Inside.class).context().getBeanDefinitionNames())
			.filteredOn((name) -> name.toLowerCase(java.util.Locale.ROOT).contains("taskqueue"))
			.containsExactlyInAnyOrder("taskQueue", WorkerTaskQueuesAutoConfiguration.class.getName());
	}

	@Test
	void theApplicationsOwnQueueIsNotBuiltAgain() throws Exception {
		this.queues.put("own", InlineTaskQueue.create());
		start(settings(OwnQueue.class));
		assertThat(this.context.getBean(BeanRef.of(TaskQueue.class, "own"))).isSameAs(this.queues.get("own"));
	}

	@Test
	void propertiesCountInOrder() throws Exception {
		Map<String, String> settings = settings(Application.class);
		settings.put("system.one", "system");
		settings.put("system.two", "system");
		settings.put("system.three", "system");
		settings.put("argument.0", "--two=argument");
		settings.put("argument.1", "word");
		settings.put("property.three", "property");
		settings.put("property.spring.main.web-application-type", "servlet");
		settings.put("property.spring.datasource.hikari.maximum-pool-size", "50");
		settings.put("default.one", "default");
		settings.put("default.zero", "default");
		settings.put("override.four", "override");
		settings.put("property.four", "property");
		settings.put("override.spring.datasource.hikari.minimum-idle", "1");
		start(settings);
		assertThat(environment().getProperty("zero")).isEqualTo("default");
		assertThat(environment().getProperty("one")).isEqualTo("system");
		assertThat(environment().getProperty("two")).isEqualTo("argument");
		assertThat(environment().getProperty("three")).isEqualTo("property");
		assertThat(environment().getProperty("four")).isEqualTo("override");
		assertThat(environment().getProperty("spring.main.web-application-type")).isEqualTo("none");
		assertThat(environment().getProperty("spring.datasource.hikari.maximum-pool-size")).isEqualTo("2");
		assertThat(environment().getProperty("spring.datasource.hikari.minimum-idle")).isEqualTo("1");
		assertThat(bean(ApplicationArguments.class).getNonOptionArgs()).containsExactly("word");
	}

	@Test
	void whatIsSetForWorkersWinsOverTheApplicationsSystemProperties() throws Exception {
		System.setProperty("for.workers", "worker");
		Map<String, String> settings = settings(Application.class);
		settings.put("system.for.workers", "application");
		start(settings);
		assertThat(System.getProperty("for.workers")).isEqualTo("worker");
	}

	@Test
	void profilesAreTheApplicationsAndOurs() throws Exception {
		Map<String, String> settings = settings(Application.class);
		settings.put("profile.0", "one");
		settings.put("profile.1", "taskqueue-worker");
		start(settings);
		assertThat(environment().getActiveProfiles()).containsExactly("one", "taskqueue-worker");
		assertThat(this.context.getBean(BeanRef.of(String.class, "ofProfileOne"))).isEqualTo("here");
	}

	@Test
	void aContextThatCannotStartSaysWhyInSpringBootsWords(CapturedOutput output) {
		assertThatExceptionOfType(WorkerContextException.class)
			.isThrownBy(() -> start(withLazy(settings(Incomplete.class), false)))
			.withMessageContaining("required a bean of type 'java.lang.Runnable' that could not be found")
			.withMessageContaining("Action: Consider defining a bean of type 'java.lang.Runnable'");
		assertThat(output).doesNotContain("APPLICATION FAILED TO START");
	}

	@Test
	void aFailureWithoutAnalysisIsThrownAsItIs() {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(withLazy(settings(Broken.class), false)))
			.isNotInstanceOf(WorkerContextException.class)
			.withStackTraceContaining("broken on purpose");
	}

	@Test
	void whatChangesDatabasesIsReplacedByNothing() throws Exception {
		start(settings(Migrations.class));
		assertThat(this.context.getBean(BeanRef.of(String.class, "table"))).isEqualTo("there");
		assertThat(begun).isEmpty();
	}

	private void start(Map<String, String> settings) throws Exception {
		List<Exception> failures = new ArrayList<>();
		Thread thread = new Thread(() -> {
			try {
				this.context.start(new TestContextSettings(settings, this.queues));
			}
			catch (Exception ex) {
				failures.add(ex);
			}
		}, "context");
		thread.start();
		thread.join();
		if (!failures.isEmpty()) {
			throw failures.get(0);
		}
	}

	private static Map<String, String> settings(Class<?> source) {
		return new LinkedHashMap<>(new LeanContextSettings(List.of(source.getName()), true, List.of(),
				List.of("default", "taskqueue-worker"), List.of(), Map.of(), Map.of(), Map.of(), Map.of(),
				Map.of("taskQueue", Candidate.REGULAR, "mail", Candidate.FALLBACK), null)
			.toMap());
	}

	private static Map<String, String> withLazy(Map<String, String> settings, boolean lazy) {
		settings.put("lazy", String.valueOf(lazy));
		return settings;
	}

	private <B> B bean(Class<B> type) {
		return this.context.getBean(BeanRef.of(type));
	}

	private Environment environment() {
		return bean(Environment.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScheduling
	static class Application {

		@Bean
		Service service() {
			begun.add("service");
			return new Service("service");
		}

		@Bean
		Inside inside(ApplicationContext context) {
			return new Inside(context);
		}

		@Bean
		Clock clock() {
			begun.add("clock");
			return new Clock();
		}

		@Bean
		Listener listener() {
			begun.add("listener");
			return new Listener();
		}

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> begun.add("runner");
		}

		@Bean
		Beginner lifecycle() {
			return new Beginner("lifecycle");
		}

		@Bean
		Beginner otherLifecycle() {
			return new Beginner("other lifecycle");
		}

		@Bean
		QueueUser queueUser(TaskQueue plain, @Qualifier("mail") TaskQueue mail) {
			return new QueueUser(plain, mail);
		}

		@Bean
		@Profile("one")
		String ofProfileOne() {
			return "here";
		}

	}

	record Service(String name) {

	}

	record Inside(ApplicationContext context) {

	}

	record QueueUser(TaskQueue plain, TaskQueue mail) {

	}

	static class Clock {

		@Scheduled(fixedRate = 1)
		void tick() {
			scheduled.countDown();
		}

	}

	static class Listener {

		@EventListener({ ContextRefreshedEvent.class, ApplicationStartedEvent.class, ApplicationReadyEvent.class })
		void started() {
			begun.add("ready");
		}

		@EventListener
		void heard(String word) {
			begun.add("heard " + word);
		}

	}

	static class Beginner implements SmartLifecycle {

		private final String name;

		private boolean running;

		Beginner(String name) {
			this.name = name;
		}

		@Override
		public void start() {
			this.running = true;
			begun.add(this.name);
		}

		@Override
		public void stop() {
			this.running = false;
			begun.add(this.name + " stopped");
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnQueue {

		@Bean
		TaskQueue own() {
			throw new IllegalStateException("built in a worker");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Incomplete {

		@Bean
		Service service(Runnable missing) {
			return new Service(missing.toString());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Broken {

		@Bean
		Service service() {
			throw new IllegalStateException("broken on purpose");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Migrations {

		@Bean
		org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer schema() {
			begun.add("schema");
			throw new IllegalStateException("changes the database");
		}

		@Bean
		@DependsOn("schema")
		String table() {
			return "there";
		}

	}

}
