package dev.taskqueue.sample.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobTests {

	private final ManualHandle<String> handle = new ManualHandle<>(7);

	private final Job<String, String> job = new Job<>("cat.png", this.handle,
			Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

	@Test
	void waitingJobHasNoOutcome() {
		assertThat(this.job.outcome()).isNull();
		assertThat(state()).isEqualTo(TaskState.WAITING);
	}

	@Test
	void runningJobSaysSo() {
		this.handle.enter(TaskState.RUNNING);
		assertThat(state()).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void stateIsNotFinalBeforeTheOutcomeIsThere() {
		this.handle.enter(TaskState.SUCCEEDED);
		assertThat(state()).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void finishedJobHasItsValue() {
		this.handle.succeed("done");
		assertThat(this.job.outcome()).isEqualTo(new Job.Done<>("done", Duration.ZERO));
		assertThat(state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void failedJobHasItsFailure() {
		this.handle.fail(TaskState.CANCELLED, new TaskCancelledException("cancelled"));
		assertThat(this.job.outcome()).isInstanceOf(Job.Failed.class);
		assertThat(state()).isEqualTo(TaskState.CANCELLED);
	}

	private TaskState state() {
		return this.job.state(this.job.outcome());
	}

}
