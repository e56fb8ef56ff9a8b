package dev.taskqueue.sample.journal;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerNewsTests {

	private final WorkerNews news = new WorkerNews();

	@Test
	void newestComesFirst() {
		this.news.workerReady("lab", 4711, Duration.ofMillis(320));
		this.news.workerCrashed("lab", report(CrashReason.EXITED, 4711, null));
		this.news.workerKilled("lab", 4712, "task 1 reached its timeout");
		assertThat(this.news.newestFirst()).extracting(WorkerNews.Item::text)
			.containsExactly("task 1 reached its timeout", "EXITED, exit code 1", "ready after 320 ms");
	}

	@Test
	void processThatIsNotKnownHasNoPid() {
		this.news.launchFailed("lab", report(CrashReason.START_FAILED, -1, "no such flag"));
		assertThat(this.news.newestFirst()).singleElement()
			.satisfies((item) -> assertThat(item.worker()).isNull())
			.satisfies((item) -> assertThat(item.text()).isEqualTo("no such flag"));
	}

	@Test
	void oldNewsIsForgotten() {
		for (long pid = 1; pid <= 50; pid++) {
			this.news.workerRecycled("lab", pid, "it is old");
		}
		assertThat(this.news.newestFirst()).hasSize(40).first().extracting(WorkerNews.Item::worker).isEqualTo(50L);
	}

	private static CrashReport report(CrashReason reason, long pid, @Nullable String detail) {
		return new CrashReport(reason, pid, 1, null, Duration.ZERO, 0, List.of(), null, detail);
	}

}
