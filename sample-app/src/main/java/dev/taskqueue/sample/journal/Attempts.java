package dev.taskqueue.sample.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskState;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Which processes a task was tried in, and what came of it. A handle knows only the
 * outcome of the last attempt; a listener is told of each. Every queue of the application
 * has this bean as its listener. Thread-safe.
 */
@Component
public class Attempts implements TaskQueueListener {

	private static final int TASKS = 500;

	private final Map<Task, List<Attempt>> attempts = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Task, List<Attempt>> eldest) {
			return size() > TASKS;
		}

	};

	@Override
	public void taskRetried(TaskEvent task, TaskEvent.End end, Duration backoff) {
		add(task, end);
	}

	@Override
	public void taskFinished(TaskEvent task, TaskEvent.End end) {
		if (task.attempt() > 0) {
			add(task, end);
		}
	}

	/**
	 * The attempts of a task that have ended.
	 * @param queue the queue's name
	 * @param id the task's id
	 * @return a copy, first attempt first; empty if there was none, or it was forgotten
	 */
	public synchronized List<Attempt> of(String queue, long id) {
		return List.copyOf(this.attempts.getOrDefault(new Task(queue, id), List.of()));
	}

	private synchronized void add(TaskEvent task, TaskEvent.End end) {
		TaskQueueException failure = end.failure();
		this.attempts.computeIfAbsent(new Task(task.queue(), task.id()), (key) -> new ArrayList<>())
			.add(new Attempt(task.attempt(), (task.pid() > 0) ? task.pid() : null, end.state(), task.ran().toMillis(),
					(failure != null) ? failure.getMessage() : null));
	}

	private record Task(String queue, long id) {

	}

	/**
	 * One attempt that has ended.
	 *
	 * @param number which one it was, from 1
	 * @param worker the process it ran in
	 * @param state how it ended
	 * @param millis how long it ran
	 * @param failure what was wrong, or {@code null}
	 */
	public record Attempt(int number, @Nullable Long worker, TaskState state, long millis, @Nullable String failure) {

	}

}
