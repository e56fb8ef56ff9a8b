package dev.taskqueue.sample.thumbnail;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThumbnailJobTests {

	private static final Thumbnail THUMBNAIL = new Thumbnail(new byte[1], ThumbnailFormat.PNG, 36, 24, 360, 240, 4711);

	private final ManualHandle handle = new ManualHandle(7);

	private final ThumbnailJob job = new ThumbnailJob("cat.png", 42, this.handle,
			Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

	@Test
	void waitingJobHasNeitherResultNorError() {
		assertThat(this.job.status())
			.isEqualTo(new ThumbnailStatus(7, "cat.png", 42, TaskState.WAITING, Instant.EPOCH, null, null, null, null));
	}

	@Test
	void runningJobSaysSo() {
		this.handle.enter(TaskState.RUNNING);
		assertThat(this.job.status().state()).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void stateIsNotFinalBeforeTheOutcomeIsThere() {
		this.handle.enter(TaskState.SUCCEEDED);
		assertThat(this.job.status().state()).isEqualTo(TaskState.RUNNING);
	}

	@Test
	void finishedJobHasAResult() {
		this.handle.succeed(THUMBNAIL);
		assertThat(this.job.status())
			.isEqualTo(new ThumbnailStatus(7, "cat.png", 42, TaskState.SUCCEEDED, Instant.EPOCH, 0L, 4711L,
					new ThumbnailStatus.Result("/api/thumbnails/7/image", "image/png", 36, 24, 360, 240), null));
	}

	@Test
	void failedJobHasAnError() {
		this.handle.fail(TaskState.CANCELLED, new TaskCancelledException("cancelled"));
		ThumbnailStatus status = this.job.status();
		assertThat(status.state()).isEqualTo(TaskState.CANCELLED);
		assertThat(status.result()).isNull();
		assertThat(status.error()).isNotNull();
	}

}
