package dev.taskqueue.sample.thumbnail;

import java.time.Clock;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThumbnailHistoryTests {

	private final ThumbnailHistory history = new ThumbnailHistory(3);

	@Test
	void newestComesFirst() {
		add(1);
		add(3);
		add(2);
		assertThat(this.history.newestFirst()).extracting(ThumbnailJob::id).containsExactly(3L, 2L, 1L);
	}

	@Test
	void oldestIsForgottenAndCancelled() {
		ManualHandle first = add(1);
		ManualHandle second = add(2);
		add(3);
		assertThat(first.isCancelled()).isFalse();
		add(4);
		assertThat(first.isCancelled()).isTrue();
		assertThat(second.isCancelled()).isFalse();
		assertThat(this.history.find(1)).isEmpty();
		assertThat(this.history.newestFirst()).extracting(ThumbnailJob::id).containsExactly(4L, 3L, 2L);
	}

	@Test
	void jobIsFoundByItsId() {
		add(5);
		assertThat(this.history.find(5)).map(ThumbnailJob::id).contains(5L);
		assertThat(this.history.find(6)).isEmpty();
	}

	private ManualHandle add(long id) {
		ManualHandle handle = new ManualHandle(id);
		this.history.add(new ThumbnailJob("image " + id, 1, handle, Clock.systemUTC()));
		return handle;
	}

}
