package dev.taskqueue.sample.thumbnail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerCrashedException;
import dev.taskqueue.sample.job.Job;
import dev.taskqueue.sample.job.ManualHandle;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThumbnailStatusTests {

	private final ManualHandle<Thumbnail> handle = new ManualHandle<>(7);

	private final Job<Upload, Thumbnail> job = new Job<>(new Upload("cat.png", 42), this.handle,
			Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

	@Test
	void waitingJobHasNeitherResultNorError() {
		assertThat(ThumbnailStatus.of(this.job))
			.isEqualTo(new ThumbnailStatus(7, "cat.png", 42, TaskState.WAITING, Instant.EPOCH, null, null, null, null));
	}

	@Test
	void finishedJobHasAResult() {
		this.handle.succeed(new Thumbnail(new byte[1], ThumbnailFormat.PNG, 36, 24, 360, 240, 4711));
		assertThat(ThumbnailStatus.of(this.job))
			.isEqualTo(new ThumbnailStatus(7, "cat.png", 42, TaskState.SUCCEEDED, Instant.EPOCH, 0L, 4711L,
					new ThumbnailStatus.Result("/api/thumbnails/7/image", "image/png", 36, 24, 360, 240), null));
	}

	@Test
	void failedJobHasAnErrorAndTheProcessItTookWithIt() {
		this.handle.fail(TaskState.CRASHED, new WorkerCrashedException("crashed",
				new CrashReport(CrashReason.EXITED, 4711, 0, null, Duration.ZERO, 0, List.of(), null, null)));
		ThumbnailStatus status = ThumbnailStatus.of(this.job);
		assertThat(status.state()).isEqualTo(TaskState.CRASHED);
		assertThat(status.worker()).isEqualTo(4711);
		assertThat(status.result()).isNull();
		assertThat(status.error()).isNotNull();
	}

}
