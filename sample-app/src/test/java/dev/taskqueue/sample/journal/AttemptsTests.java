package dev.taskqueue.sample.journal;

import java.time.Duration;

import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskState;
import dev.taskqueue.sample.journal.Attempts.Attempt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptsTests {

	private static final TaskEvent.End FAILED = new TaskEvent.End(TaskState.FAILED,
			new TaskFailedException("it failed", "java.io.IOException", null, "trace"));

	private static final TaskEvent.End SUCCEEDED = new TaskEvent.End(TaskState.SUCCEEDED, null);

	private final Attempts attempts = new Attempts();

	@Test
	void everyAttemptIsKeptInItsOrder() {
		this.attempts.taskRetried(event("lab", 1, 1), FAILED, Duration.ofSeconds(1));
		this.attempts.taskFinished(event("lab", 1, 2), SUCCEEDED);
		assertThat(this.attempts.of("lab", 1)).containsExactly(new Attempt(1, 4711L, TaskState.FAILED, 20, "it failed"),
				new Attempt(2, 4711L, TaskState.SUCCEEDED, 20, null));
	}

	@Test
	void queuesAreToldApart() {
		this.attempts.taskFinished(event("lab", 1, 1), SUCCEEDED);
		assertThat(this.attempts.of("taskQueue", 1)).isEmpty();
	}

	@Test
	void taskThatNeverRanHadNoAttempt() {
		this.attempts.taskFinished(event("lab", 1, 0),
				new TaskEvent.End(TaskState.CANCELLED, new TaskCancelledException("cancelled")));
		assertThat(this.attempts.of("lab", 1)).isEmpty();
	}

	@Test
	void oldestTasksAreForgotten() {
		for (long id = 1; id <= 501; id++) {
			this.attempts.taskFinished(event("lab", id, 1), SUCCEEDED);
		}
		assertThat(this.attempts.of("lab", 1)).isEmpty();
		assertThat(this.attempts.of("lab", 2)).hasSize(1);
	}

	private static TaskEvent event(String queue, long id, int attempt) {
		return new TaskEvent(queue, id, "task", "Task", attempt, (attempt > 0) ? 4711 : -1, Duration.ZERO,
				Duration.ofMillis(20));
	}

}
