package dev.taskqueue.worker;

import java.util.Iterator;
import java.util.ServiceLoader;

import dev.taskqueue.BeanRef;
import dev.taskqueue.ContextSettings;
import dev.taskqueue.WorkerContext;
import dev.taskqueue.WorkerContextException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.EventConstants;

/**
 * The one {@link WorkerContext} of this process: finds it, starts it before the first
 * task, asks it for beans and closes it after the last one. Used by the tasks' thread.
 */
final class ContextHost implements TaskBeans {

	static final String LOGGER = "dev.taskqueue.worker";

	/** How long a context may take to close before the process leaves without it. */
	private static final long CLOSE_MILLIS = 5000;

	private final ContextSettings settings;

	private final ClassLoader loader;

	private @Nullable WorkerContext context;

	ContextHost(ContextSettings settings, ClassLoader loader) {
		this.settings = settings;
		this.loader = loader;
	}

	void start() throws Exception {
		Thread.currentThread().setContextClassLoader(this.loader);
		WorkerContext found = find();
		found.start(this.settings);
		this.context = found;
	}

	@Override
	public <B> B getBean(BeanRef<B> bean) {
		WorkerContext started = this.context;
		if (started == null) {
			throw new IllegalStateException("a task before the context has started");
		}
		return started.getBean(bean);
	}

	/** Not in the tasks' thread, which a context that hangs would hold for ever. */
	@Override
	public boolean close() {
		WorkerContext started = this.context;
		if (started == null) {
			return true;
		}
		Thread closing = new Thread(null, new Close(started), "taskqueue-context-close", 0, false);
		closing.setContextClassLoader(this.loader);
		closing.setDaemon(true);
		closing.start();
		try {
			closing.join(CLOSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (closing.isAlive()) {
			LogForwarder.forward(LOGGER, EventConstants.WARN_INT, "The worker's context has not closed after "
					+ CLOSE_MILLIS + " ms; the worker leaves without it. " + CurrentTask.text(closing), null);
			return false;
		}
		return true;
	}

	private WorkerContext find() {
		Iterator<WorkerContext> contexts = ServiceLoader.load(WorkerContext.class, this.loader).iterator();
		if (!contexts.hasNext()) {
			throw new WorkerContextException("No " + WorkerContext.class.getName()
					+ " is among the services on the workers' class path. taskqueue-autoconfigure brings Spring's; "
					+ "if taskqueue.worker.class-path is set, add it there.");
		}
		WorkerContext found = contexts.next();
		if (contexts.hasNext()) {
			throw new WorkerContextException("More than one " + WorkerContext.class.getName()
					+ " is among the services on the workers' class path: " + found.getClass().getName() + " and "
					+ contexts.next().getClass().getName() + ". Leave one of them.");
		}
		return found;
	}

	/** The context's end; whatever it throws is logged. */
	private record Close(WorkerContext context) implements Runnable {

		@Override
		public void run() {
			try {
				this.context.close();
			}
			catch (Throwable ex) {
				LogForwarder.forward(LOGGER, EventConstants.WARN_INT, "The worker's context has not closed well", ex);
			}
		}

	}

}
