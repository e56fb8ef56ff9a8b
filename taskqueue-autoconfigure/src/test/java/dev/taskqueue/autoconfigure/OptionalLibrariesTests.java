package dev.taskqueue.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.taskqueue.TaskContextHolder;
import dev.taskqueue.annotation.Queued;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts an application whose class path really lacks an optional library: a filtering
 * class loader only deceives conditions, not the JVM.
 */
class OptionalLibrariesTests {

	@Test
	void everythingIsThereWithEverything() throws Exception {
		assertThat(beansWithout()).contains("taskQueue", "taskQueueMetrics", "taskQueueEndpoint",
				"taskQueueEndpointWebExtension", "taskqueueHealthContributor", "taskQueueObserver");
	}

	@Test
	void worksWithoutActuator() throws Exception {
		assertThat(beansWithout("spring-boot-actuator")).contains("taskQueue", "taskQueueLifecycle", "taskQueueMetrics")
			.doesNotContain("taskQueueEndpoint");
	}

	@Test
	void worksWithoutTheHealthModule() throws Exception {
		assertThat(beansWithout("spring-boot-health"))
			.contains("taskQueue", "taskQueueLifecycle", "taskQueueMetrics", "taskQueueEndpoint")
			.doesNotContain("taskqueueHealthContributor");
	}

	@Test
	void worksWithoutMicrometer() throws Exception {
		assertThat(beansWithout("micrometer-", "spring-boot-micrometer"))
			.contains("taskQueue", "taskQueueLifecycle", "taskQueueEndpoint")
			.doesNotContain("taskQueueMetrics", "taskQueueObserver");
	}

	@Test
	void worksWithoutObservations() throws Exception {
		assertThat(beansWithout("spring-boot-micrometer"))
			.contains("taskQueue", "taskQueueLifecycle", "taskQueueEndpoint")
			.doesNotContain("taskQueueMetrics", "taskQueueObserver");
	}

	@Test
	void worksWithoutTracing() throws Exception {
		assertThat(beansWithout("micrometer-tracing", "spring-boot-micrometer-tracing", "brave-")).contains("taskQueue",
				"taskQueueLifecycle", "taskQueueMetrics", "taskQueueObserver");
	}

	@Test
	void worksWithoutJackson() throws Exception {
		assertThat(beansWithout("jackson-")).contains("taskQueue", "taskQueueLifecycle", "taskQueueMetrics",
				"taskQueueEndpoint");
	}

	@Test
	void worksWithoutTransactions() throws Exception {
		assertThat(beansWithout("spring-tx")).contains("taskQueue", "taskQueueLifecycle");
		assertThat(call("queuedRuns", "spring-tx")).isEqualTo("in a task");
	}

	@Test
	void worksWithNothing() throws Exception {
		assertThat(beansWithout("spring-boot-actuator", "micrometer-", "spring-boot-micrometer", "spring-boot-health",
				"jackson-"))
			.contains("taskQueue", "taskQueueLifecycle")
			.doesNotContain("taskQueueMetrics", "taskQueueEndpoint", "taskqueueHealthContributor");
	}

	@Test
	void addsNoBeanThatNobodyAskedFor() throws Exception {
		List<Object> own = new ArrayList<>(beansWithout());
		own.removeAll(beansWithout("classes", "taskqueue-"));
		assertThat(own).containsExactlyInAnyOrder("taskQueue", "taskQueueStart", "taskQueueLifecycle",
				"taskQueueMetrics", "taskQueueEndpoint", "taskQueueEndpointWebExtension", "taskqueueHealthContributor",
				TaskQueueFactory.class.getName(), TaskQueueAutoConfiguration.class.getName(),
				TaskQueueAutoConfiguration.DefaultQueueConfiguration.class.getName(),
				NamedTaskQueuesAutoConfiguration.class.getName(), QueuedAutoConfiguration.class.getName(),
				"taskQueueQueuedBeanPostProcessor", TaskQueueEndpointAutoConfiguration.class.getName(),
				TaskQueueHealthContributorAutoConfiguration.class.getName(),
				TaskQueueMetricsAutoConfiguration.class.getName(),
				TaskQueueObservationAutoConfiguration.class.getName(), "taskQueueObserver",
				"taskQueueObserverCustomizer", "taskqueue-" + TaskQueueProperties.class.getName(),
				"management.endpoint.taskqueue-" + TaskQueueEndpointProperties.class.getName());
	}

	private static List<Object> beansWithout(String... jars) throws Exception {
		return List.copyOf((List<?>) call("beans", jars));
	}

	private static Object call(String method, String... jars) throws Exception {
		URL[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> Stream.of(jars).noneMatch(entry.getFileName().toString()::startsWith))
			.map(OptionalLibrariesTests::url)
			.toArray(URL[]::new);
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(loader);
			Class<?> application = loader.loadClass(Application.class.getName());
			return application.getDeclaredMethod(method).invoke(null);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** Runs inside the other class loader. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static List<String> beans() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.properties("taskqueue.auto-startup=false", "management.endpoints.web.exposure.include=*",
						"spring.main.banner-mode=off")
				.run()) {
				return List.of(context.getBeanDefinitionNames());
			}
		}

		public static String queuedRuns() {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(QueuedUser.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.properties("taskqueue.mode=inline", "taskqueue.worker.spring.enabled=true")
				.run()) {
				return context.getBean(Speaker.class).where().join();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class QueuedUser {

		@Bean
		Speaker speaker() {
			return new Speaker();
		}

	}

	public static class Speaker {

		@Queued
		public CompletableFuture<String> where() {
			return CompletableFuture
				.completedFuture((TaskContextHolder.get() != null) ? "in a task" : "outside of a task");
		}

	}

}
