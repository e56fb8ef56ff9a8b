package dev.taskqueue.pool;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.QueueClosedException;
import dev.taskqueue.QueueFullException;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.wire.DiagnosticContext;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.WireException;
import org.slf4j.MDC;

/**
 * Tasks that workers add to the application's queues. They go through the queue's own
 * door, as bytes that nobody here reads, and not on the supervisor's thread: the door
 * calls observers. What a worker has under way is counted on that thread.
 */
final class ForwardedAdds {

	private final BeanSettings settings;

	private final int maxPayload;

	private final Consumer<PoolEvent> supervisor;

	private final BiConsumer<WorkerLink, Frame> channel;

	private final ExecutorService doors;

	/**
	 * Create the way to the queues.
	 * @param settings the settings of the workers' own queue
	 * @param supervisor takes events for the supervisor's thread
	 * @param channel sends a frame, in that thread
	 */
	ForwardedAdds(PoolSettings settings, Consumer<PoolEvent> supervisor, BiConsumer<WorkerLink, Frame> channel) {
		this.settings = settings.beans();
		this.maxPayload = settings.limits().maxPayload();
		this.supervisor = supervisor;
		this.channel = channel;
		this.doors = DaemonThreads.unbounded("taskqueue-" + settings.name() + "-forwarded");
	}

	/**
	 * A worker wants a task to be added. For the supervisor.
	 * @throws WireException if it has more under way than it may
	 */
	void request(WorkerLink link, Frame.Add add) throws WireException {
		link.adds++;
		link.addBytes += add.payload().length;
		if (link.adds > Frame.MOST_ADDS || (link.adds > 1 && link.addBytes > this.maxPayload)) {
			throw new WireException(
					"%d tasks with %d bytes in all to be added at once".formatted(link.adds, link.addBytes));
		}
		try {
			this.doors.execute(() -> answer(link, add, enter(add)));
		}
		catch (OutOfMemoryError ex) {
			answer(link, add, refused(add, TaskQueueException.class, "the application has no thread left: " + ex));
		}
	}

	private void answer(WorkerLink link, Frame.Add add, Frame.Added answer) {
		this.supervisor.accept((decisions, now) -> {
			link.adds--;
			link.addBytes -= add.payload().length;
			this.channel.accept(link, answer);
		});
	}

	private Frame.Added enter(Frame.Add add) {
		MDC.setContextMap(DiagnosticContext.bounded(add.mdc())); // as if added in this
																	// thread
		try {
			return new Frame.Added(add.request(), queue(add.queue()).enter(add), null, null);
		}
		catch (QueueClosedException | QueueFullException | PayloadTooLargeException | NoWorkerContextException ex) {
			return refused(add, ex.getClass(), String.valueOf(ex.getMessage()));
		}
		catch (IllegalArgumentException ex) {
			return refused(add, IllegalArgumentException.class, String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException | Error ex) {
			return refused(add, TaskQueueException.class, "The application could not add the task: " + ex);
		}
		finally {
			MDC.clear();
		}
	}

	private PoolTaskQueue queue(String name) {
		Set<String> names = this.settings.queues();
		if (!names.contains(name)) {
			throw new IllegalArgumentException("Tasks cannot add to queue '%s', only to %s".formatted(name, names));
		}
		TaskQueue queue = this.settings.lookup().apply(name);
		if (queue instanceof PoolTaskQueue known) {
			return known;
		}
		throw new IllegalArgumentException((queue == null) ? "There is no queue '%s'".formatted(name)
				: "Queue '%s' cannot be added to from a worker: it is a %s".formatted(name,
						queue.getClass().getName()));
	}

	private static Frame.Added refused(Frame.Add add, Class<?> exception, String message) {
		return new Frame.Added(add.request(), 0, exception.getName(), message);
	}

}
