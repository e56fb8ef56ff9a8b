package dev.taskqueue.worker;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J's provider in a worker, named by the system property {@code slf4j.provider}: the
 * application's logging library is never initialized here, so it opens no files and costs
 * no time.
 */
public final class ForwardingServiceProvider implements SLF4JServiceProvider {

	/** Tells SLF4J its provider. */
	static final String PROPERTY = "slf4j.provider";

	static final String NAME = "dev.taskqueue.worker.ForwardingServiceProvider";

	private final ILoggerFactory loggers = new ForwardingLoggerFactory();

	private final IMarkerFactory markers = new BasicMarkerFactory();

	private final MDCAdapter mdc = new BasicMDCAdapter();

	@Override
	public ILoggerFactory getLoggerFactory() {
		return this.loggers;
	}

	@Override
	public IMarkerFactory getMarkerFactory() {
		return this.markers;
	}

	@Override
	public MDCAdapter getMDCAdapter() {
		return this.mdc;
	}

	@Override
	public String getRequestedApiVersion() {
		return "2.0.99";
	}

	@Override
	public void initialize() {
		TaskMdc.use();
	}

}
