package com.acme.shop;

import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.TaskFailedException;
import dev.taskqueue.test.InlineTaskQueue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TotalTaskTests {

	@Test
	void sumsUp() {
		assertThat(new TotalTask(List.of(20, 22)).call()).isEqualTo(42);
	}

	@Test
	void travels() {
		try (InlineTaskQueue queue = InlineTaskQueue.create()) {
			assertThat(queue.submit(new TotalTask(new ArrayList<>(List.of(20, 22)))).join()).isEqualTo(42);
		}
	}

	@Test
	void failsWithoutItems() {
		try (InlineTaskQueue queue = InlineTaskQueue.create()) {
			assertThatExceptionOfType(TaskFailedException.class)
				.isThrownBy(() -> queue.submit(new TotalTask(List.of())).join())
				.satisfies((ex) -> assertThat(ex.exceptionMessage()).isEqualTo("an invoice without items"));
		}
	}

}
