package dev.taskqueue.sample.job;

import java.time.Clock;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobHistoryTests {

	private final JobHistory<String, String> history = new JobHistory<>(3);

	@Test
	void newestComesFirst() {
		add(1);
		add(3);
		add(2);
		assertThat(this.history.newestFirst()).extracting(Job::id).containsExactly(3L, 2L, 1L);
	}

	@Test
	void oldestIsForgottenAndCancelled() {
		ManualHandle<String> first = add(1);
		ManualHandle<String> second = add(2);
		add(3);
		assertThat(first.isCancelled()).isFalse();
		add(4);
		assertThat(first.isCancelled()).isTrue();
		assertThat(second.isCancelled()).isFalse();
		assertThat(this.history.find(1)).isEmpty();
		assertThat(this.history.newestFirst()).extracting(Job::id).containsExactly(4L, 3L, 2L);
	}

	@Test
	void jobIsFoundByItsId() {
		add(5);
		assertThat(this.history.find(5)).map(Job::id).contains(5L);
		assertThat(this.history.find(6)).isEmpty();
	}

	private ManualHandle<String> add(long id) {
		ManualHandle<String> handle = new ManualHandle<>(id);
		this.history.add(new Job<>("image " + id, handle, Clock.systemUTC()));
		return handle;
	}

}
