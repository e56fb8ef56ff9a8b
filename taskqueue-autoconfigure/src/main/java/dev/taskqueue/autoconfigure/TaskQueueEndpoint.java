package dev.taskqueue.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.QueueState;
import dev.taskqueue.RunningTask;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows queues, their workers and the tasks that run. To see it over HTTP, name it in
 * {@code management.endpoints.web.exposure.include}.
 * <p>
 * What a task says of itself can be personal data, and is shown only where
 * {@code management.endpoint.taskqueue.show-values} allows it; otherwise the task's class
 * is named. Thread-safe.
 */
@Endpoint(id = "taskqueue")
public class TaskQueueEndpoint {

	private final Map<String, TaskQueue> queues;

	private final Show showValues;

	private final Clock clock;

	/**
	 * Create an endpoint.
	 * @param queues the queues to show, by the names of their beans
	 * @param showValues when to show what tasks say of themselves
	 */
	public TaskQueueEndpoint(Map<String, TaskQueue> queues, Show showValues) {
		this(queues, showValues, Clock.systemUTC());
	}

	TaskQueueEndpoint(Map<String, TaskQueue> queues, Show showValues, Clock clock) {
		this.queues = Collections.unmodifiableMap(new LinkedHashMap<>(queues));
		this.showValues = showValues;
		this.clock = clock;
	}

	/**
	 * All queues.
	 * @return their description
	 */
	@ReadOperation
	public TaskQueuesDescriptor queues() {
		return queues(this.showValues.isShown(true));
	}

	/**
	 * One queue.
	 * @param queue the name of its bean
	 * @return its description, or {@code null} if there is no such queue
	 */
	@ReadOperation
	public @Nullable TaskQueueDescriptor queue(@Selector String queue) {
		return queue(queue, this.showValues.isShown(true));
	}

	TaskQueuesDescriptor queues(boolean showValues) {
		Map<String, TaskQueueDescriptor> descriptors = new LinkedHashMap<>();
		this.queues.forEach((name, queue) -> descriptors.put(name, describe(queue, showValues)));
		return TaskQueuesDescriptor.of(descriptors);
	}

	@Nullable TaskQueueDescriptor queue(String name, boolean showValues) {
		TaskQueue queue = this.queues.get(name);
		return (queue != null) ? describe(queue, showValues) : null;
	}

	private TaskQueueDescriptor describe(TaskQueue queue, boolean showValues) {
		TaskQueueSnapshot snapshot = queue.snapshot();
		Instant now = this.clock.instant();
		List<WorkerDescriptor> workers = snapshot.workers()
			.stream()
			.map((worker) -> WorkerDescriptor.of(worker, now, showValues))
			.toList();
		return new TaskQueueDescriptor(snapshot.state(), snapshot.length(), snapshot.processed(), snapshot.waiting(),
				snapshot.running(), snapshot.delayed(), snapshot.succeeded(), snapshot.failed(), snapshot.timedOut(),
				snapshot.crashed(), snapshot.cancelled(), workers,
				snapshot.crashes().stream().map((crash) -> CrashDescriptor.of(crash, showValues)).toList());
	}

	/**
	 * All queues.
	 *
	 * @param length the sum of the queues' lengths
	 * @param processed the sum of the queues' processed tasks
	 * @param queues the queues by the names of their beans
	 */
	// Actuator leaves out what is null, and an application can have it leave out what is
	// empty. Nobody should have to guess what a missing member means.
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record TaskQueuesDescriptor(long length, long processed,
			Map<String, TaskQueueDescriptor> queues) implements OperationResponseBody {

		static TaskQueuesDescriptor of(Map<String, TaskQueueDescriptor> queues) {
			long length = queues.values().stream().mapToLong(TaskQueueDescriptor::length).sum();
			long processed = queues.values().stream().mapToLong(TaskQueueDescriptor::processed).sum();
			return new TaskQueuesDescriptor(length, processed, queues);
		}

	}

	/**
	 * One queue, as in {@link TaskQueueSnapshot}.
	 *
	 * @param state the queue's own state
	 * @param length tasks added and not yet finished
	 * @param processed tasks finished, whatever their outcome
	 * @param waiting tasks that are due and not started
	 * @param running tasks that run in a worker
	 * @param delayed tasks that are not due yet
	 * @param succeeded tasks that returned
	 * @param failed tasks that threw
	 * @param timedOut tasks that reached a limit
	 * @param crashed tasks whose worker process ended under them
	 * @param cancelled tasks that were cancelled
	 * @param workers the worker processes, oldest first
	 * @param crashes the last worker processes that crashed or did not come up, oldest
	 * first
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record TaskQueueDescriptor(QueueState state, long length, long processed, long waiting, long running,
			long delayed, long succeeded, long failed, long timedOut, long crashed, long cancelled,
			List<WorkerDescriptor> workers, List<CrashDescriptor> crashes) implements OperationResponseBody {

	}

	/**
	 * One worker process.
	 *
	 * @param pid the operating system's process id, or {@code null} while it is not known
	 * @param state what the worker is doing
	 * @param processed tasks this process has finished
	 * @param startedAt when its launch began
	 * @param task the task it runs, or {@code null}
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record WorkerDescriptor(@Nullable Long pid, WorkerState state, long processed, Instant startedAt,
			@Nullable RunningTaskDescriptor task) {

		static WorkerDescriptor of(WorkerSnapshot worker, Instant now, boolean showValues) {
			Long pid = (worker.pid() > 0) ? worker.pid() : null;
			RunningTask task = worker.task();
			return new WorkerDescriptor(pid, worker.state(), worker.processed(), worker.startedAt(),
					(task != null) ? RunningTaskDescriptor.of(task, now, showValues) : null);
		}

	}

	/**
	 * One worker process that crashed.
	 *
	 * @param endedAt when its end was noticed
	 * @param pid its process id, or {@code null} if there was no process
	 * @param reason why it ended
	 * @param exitCode its exit code, or {@code null}
	 * @param signal the signal that ended it, or {@code null}
	 * @param detail what the pool knows besides, or {@code null}
	 * @param uptime from its launch to its end
	 * @param processed tasks it had finished
	 * @param task the id of the task it ended under, or {@code null}
	 * @param stderr the last lines of its standard error, or {@code null} where values
	 * are not shown
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record CrashDescriptor(Instant endedAt, @Nullable Long pid, CrashReason reason, @Nullable Integer exitCode,
			@Nullable String signal, @Nullable String detail, Duration uptime, long processed, @Nullable Long task,
			@Nullable List<String> stderr) {

		static CrashDescriptor of(WorkerCrash crash, boolean showValues) {
			CrashReport report = crash.report();
			return new CrashDescriptor(crash.endedAt(), (report.pid() > 0) ? report.pid() : null, report.reason(),
					report.exitCode(), report.signal(), report.detail(), report.uptime().truncatedTo(ChronoUnit.MILLIS),
					report.tasksServed(), crash.taskId(),
					showValues ? report.stderrTail().stream().map(VisibleText::of).toList() : null);
		}

	}

	/**
	 * One task that runs.
	 *
	 * @param id the task's id
	 * @param description what the task says of itself, or the name of its class
	 * @param runningFor how long this attempt has been running, to the millisecond
	 * @param progress what the task last said of its progress, or {@code null}
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record RunningTaskDescriptor(long id, String description, Duration runningFor,
			@Nullable ProgressDescriptor progress) {

		static RunningTaskDescriptor of(RunningTask task, Instant now, boolean showValues) {
			Duration runningFor = Duration.between(task.startedAt(), now).truncatedTo(ChronoUnit.MILLIS);
			String description = showValues ? task.description() : task.type();
			// The wall clock may have been set back meanwhile.
			return new RunningTaskDescriptor(task.id(), VisibleText.of(description),
					runningFor.isNegative() ? Duration.ZERO : runningFor,
					ProgressDescriptor.of(task.progress(), showValues));
		}

	}

	/**
	 * What a task said of its progress.
	 *
	 * @param fraction from 0 to 1
	 * @param message what it is doing, or {@code null}: nothing was said, or it is not
	 * shown
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record ProgressDescriptor(double fraction, @Nullable String message) {

		static @Nullable ProgressDescriptor of(@Nullable TaskProgress progress, boolean showValues) {
			if (progress == null) {
				return null;
			}
			String message = progress.message();
			return new ProgressDescriptor(progress.fraction(),
					(showValues && message != null) ? VisibleText.of(message) : null);
		}

	}

}
