package dev.taskqueue.autoconfigure.worker;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.ClassUtils;

/**
 * Makes a context as the application would, from the same sources, files, profiles and
 * arguments, and leaves out all that begins something: it abandons its own run as soon as
 * the context is refreshed, before runners and the events of a started application. Used
 * once, by one thread.
 */
final class WorkerApplication extends SpringApplication {

	private final LeanContextSettings settings;

	private final WorkerQueues queues;

	private @Nullable FailureAnalysis analysis;

	WorkerApplication(LeanContextSettings settings, WorkerQueues queues) {
		super(classes(settings));
		this.settings = settings;
		this.queues = queues;
		setSources(otherSources(settings));
		setMainApplicationClass(
				getAllSources().iterator().next() instanceof Class<?> first ? first : WorkerApplication.class);
		setWebApplicationType(WebApplicationType.NONE);
		setApplicationContextFactory(ApplicationContextFactory.of(WorkerApplicationContext::new));
		setRegisterShutdownHook(false);
		setDefaultProperties(new LinkedHashMap<>(settings.defaultProperties()));
		if (settings.environmentPrefix() != null) {
			setEnvironmentPrefix(settings.environmentPrefix());
		}
	}

	private static Class<?>[] classes(LeanContextSettings settings) {
		return settings.sources()
			.stream()
			.filter((name) -> ClassUtils.isPresent(name, null))
			.map((name) -> ClassUtils.resolveClassName(name, null))
			.toArray(Class<?>[]::new);
	}

	private static Set<String> otherSources(LeanContextSettings settings) {
		Set<String> names = new LinkedHashSet<>(settings.sources());
		names.removeIf((name) -> ClassUtils.isPresent(name, null));
		return names;
	}

	/**
	 * Make the context.
	 * @return the context, refreshed
	 * @throws RuntimeException if that fails; there may be an {@link #analysis()} then
	 */
	ConfigurableApplicationContext start() {
		WorkerFailureReporter.expect((found) -> this.analysis = found);
		try {
			return run(this.settings.arguments().toArray(String[]::new));
		}
		catch (AbandonedRunException ex) {
			ConfigurableApplicationContext context = ex.getApplicationContext();
			if (context == null) {
				throw ex; // somebody else's
			}
			return context;
		}
		finally {
			WorkerFailureReporter.expect(null);
		}
	}

	/**
	 * Why it failed, in Spring Boot's words.
	 * @return the analysis, or {@code null} if nobody had one
	 */
	@Nullable FailureAnalysis analysis() {
		return this.analysis;
	}

	@Override
	protected void configureEnvironment(ConfigurableEnvironment environment, String[] args) {
		super.configureEnvironment(environment, args);
		MutablePropertySources sources = environment.getPropertySources();
		addFirst(sources, "taskqueueApplication", this.settings.properties());
		addFirst(sources, "taskqueueWorker", WorkerProperties.of(this.settings));
		addFirst(sources, "taskqueueOverrides", this.settings.overrides());
	}

	private static void addFirst(MutablePropertySources sources, String name, Map<String, String> properties) {
		sources.addFirst(new MapPropertySource(name, new LinkedHashMap<>(properties)));
	}

	@Override
	protected void postProcessApplicationContext(ConfigurableApplicationContext context) {
		super.postProcessApplicationContext(context);
		context.getBeanFactory().registerSingleton(WorkerQueues.BEAN_NAME, this.queues);
		// Before Spring Boot's own makes lazy what is left
		context.addBeanFactoryPostProcessor(new WorkerBeanDefinitions(this.queues, this.settings.start()));
	}

	@Override
	protected void afterRefresh(ConfigurableApplicationContext context, ApplicationArguments args) {
		throw new AbandonedRunException(context);
	}

}
