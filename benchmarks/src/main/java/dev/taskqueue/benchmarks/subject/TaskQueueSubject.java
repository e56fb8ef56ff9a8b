package dev.taskqueue.benchmarks.subject;

import java.util.Map;

import dev.taskqueue.TaskQueue;
import org.jspecify.annotations.Nullable;

/**
 * TaskQueue as its builder makes it, and the drills only it can do.
 */
final class TaskQueueSubject implements Subject {

	static final String VERSION = LibraryVersion.of("dev.taskqueue", "taskqueue-core");

	private @Nullable TaskQueue queue;

	@Override
	public String version() {
		return VERSION;
	}

	@Override
	public void open(Arguments settings) {
		this.queue = TaskQueue.builder()
			.workerCount(settings.number("workers"))
			.requestsPerWorker(settings.number("recycle", 0))
			.start();
	}

	@Override
	public Map<String, Double> run(String drill, Arguments arguments) throws Exception {
		TaskQueue open = this.queue;
		if (open == null) {
			throw new IllegalStateException("not open");
		}
		return switch (drill) {
			case "arrivals" -> {
				Work work = Work.of(arguments);
				yield Arriving.run(arguments, () -> open.add(work));
			}
			case "backlog" -> BacklogCost.run(open, arguments);
			case "bare-memory" -> Memory.ofBareJvm(arguments);
			case "beside" -> Beside.run(open, arguments);
			case "log" -> LogLines.run(open, arguments);
			case "waiting" -> Memory.ofWaiting(open, arguments);
			case "worker-memory" -> Memory.ofWorker(arguments);
			default -> PeerDrills.run(new TaskQueuePeer(open), drill, arguments);
		};
	}

	@Override
	public void close() {
		if (this.queue != null) {
			this.queue.terminate();
			this.queue = null;
		}
	}

}
