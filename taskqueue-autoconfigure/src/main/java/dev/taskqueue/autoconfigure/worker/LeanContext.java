package dev.taskqueue.autoconfigure.worker;

import java.util.Objects;

import dev.taskqueue.BeanRef;
import dev.taskqueue.ContextSettings;
import dev.taskqueue.WorkerContext;
import dev.taskqueue.WorkerContextException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Spring's part of a worker process: an application context that starts nothing but what
 * tasks use. The engine finds it by its name in {@code META-INF/services}, starts and
 * closes it, each in one thread; beans are asked for in the thread of a task.
 */
public final class LeanContext implements WorkerContext {

	private volatile @Nullable ConfigurableApplicationContext context;

	@Override
	public void start(ContextSettings settings) throws Exception {
		prepareJvm();
		LeanContextSettings values = LeanContextSettings.of(settings.values());
		values.systemProperties().forEach((name, value) -> {
			if (System.getProperty(name) == null) { // what is set for workers wins
				System.setProperty(name, value);
			}
		});
		WorkerApplication application = new WorkerApplication(values, new WorkerQueues(settings, values.queues()));
		try {
			this.context = application.start();
		}
		catch (Exception ex) {
			FailureAnalysis analysis = application.analysis();
			if (analysis == null) {
				throw ex;
			}
			throw new WorkerContextException(text(analysis), ex);
		}
	}

	/** What Spring Boot reads before there is an environment. */
	private static void prepareJvm() {
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
		System.setProperty("spring.devtools.restart.enabled", "false");
		// Made for the application as a whole
		System.setProperty("spring.aot.enabled", "false");
		// Loads ahead what servers and message converters need, which a worker has not
		System.setProperty("spring.backgroundpreinitializer.ignore", "true");
	}

	private static String text(FailureAnalysis analysis) {
		String description = analysis.getDescription().strip();
		return (analysis.getAction() != null) ? description + "\n\nAction: " + analysis.getAction().strip()
				: description;
	}

	@Override
	public <B> B getBean(BeanRef<B> bean) {
		return new ContextBeans(Objects.requireNonNull(this.context, "not started")).getBean(bean);
	}

	@Override
	public void close() {
		ConfigurableApplicationContext current = this.context;
		if (current != null) {
			current.close();
		}
	}

}
