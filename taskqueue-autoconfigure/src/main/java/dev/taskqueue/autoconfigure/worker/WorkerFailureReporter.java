package dev.taskqueue.autoconfigure.worker;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * Keeps Spring Boot's analysis of a worker's failed start for the application to show,
 * instead of a report in its log that the application had failed to start. Does nothing
 * for other contexts.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WorkerFailureReporter implements SpringBootExceptionReporter {

	private static final Log logger = LogFactory.getLog(WorkerFailureReporter.class);

	/** Set while this thread starts a worker's context. */
	private static final ThreadLocal<@Nullable Consumer<FailureAnalysis>> expecting = new ThreadLocal<>();

	private final @Nullable ConfigurableApplicationContext context;

	WorkerFailureReporter(@Nullable ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * From now on, this thread starts a worker's context.
	 * @param consumer told why that fails; {@code null} for no more
	 */
	static void expect(@Nullable Consumer<FailureAnalysis> consumer) {
		if (consumer == null) {
			expecting.remove();
		}
		else {
			expecting.set(consumer);
		}
	}

	@Override
	public boolean reportException(Throwable failure) {
		Consumer<FailureAnalysis> consumer = expecting.get();
		if (consumer == null) {
			return false;
		}
		for (FailureAnalyzer analyzer : analyzers()) {
			FailureAnalysis analysis = analyze(analyzer, failure);
			if (analysis != null) {
				consumer.accept(analysis);
				break;
			}
		}
		return true; // without an analysis it is thrown, and shown as it is
	}

	private List<FailureAnalyzer> analyzers() {
		ArgumentResolver arguments = (this.context == null) ? null
				: ArgumentResolver.of(BeanFactory.class, this.context.getBeanFactory())
					.and(Environment.class, this.context.getEnvironment());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, FailureHandler.logging(logger));
	}

	private static @Nullable FailureAnalysis analyze(FailureAnalyzer analyzer, Throwable failure) {
		try {
			return analyzer.analyze(failure);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Failure analyzer " + analyzer.getClass().getName() + " failed", ex);
			return null;
		}
	}

}
