package dev.taskqueue;

/**
 * What a worker process sets up before its first task: where bean tasks find their beans.
 * <p>
 * A queue built with {@link TaskQueue.Builder#workerContext} has each of its workers find
 * the one implementation with {@link java.util.ServiceLoader}, by the class loader of the
 * application, and start it. A worker is ready, and gets tasks, once {@link #start} has
 * returned. An implementation has a public constructor without parameters and is used by
 * one worker only.
 * <p>
 * It starts with log forwarding and output captured: what it logs comes out of the
 * application's own logging. It must not register shutdown hooks that wait: they would
 * hold up a task that calls {@code System.exit}.
 */
public interface WorkerContext extends BeanSource {

	/**
	 * Start. Called once, in a thread that is not called {@code main}, before the first
	 * task; counts into {@link WorkerOptions#startupTimeout()}.
	 * @param settings what the application has configured
	 * @throws WorkerContextException with a text for the person who runs the application;
	 * the launch has failed for the reason this text gives
	 * @throws Exception any other failure; its trace is the reason
	 */
	void start(ContextSettings settings) throws Exception;

	/**
	 * End. Called at most once, after the last task, when the worker leaves in good
	 * order; not when it is killed, crashes, or when a task calls {@code System.exit}. A
	 * worker whose context has not ended after 5 seconds leaves without it.
	 */
	void close();

}
