package com.acme.shop;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.QueueFullException;
import dev.taskqueue.test.InlineTaskQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvoicesTests {

	private final InlineTaskQueue queue = InlineTaskQueue.create((settings) -> settings.capacity(1));

	private final Invoices invoices = new Invoices(this.queue);

	@AfterEach
	void close() {
		this.queue.close();
	}

	@Test
	void totalsAreComputed() {
		assertThat(this.invoices.total(List.of(20, 22)).join()).isEqualTo(42);
	}

	@Test
	void customersAreRemindedAfterAWeek() {
		this.invoices.remind("jane");
		this.queue.advance(Duration.ofDays(6));
		assertThat(this.queue.snapshot().delayed()).isEqualTo(1);
		this.queue.advance(Duration.ofDays(1));
		assertThat(this.queue.snapshot().succeeded()).isEqualTo(1);
	}

	@Test
	void aFullQueueIsTheCallersToKnow() {
		this.queue.pause();
		this.invoices.total(List.of(1));
		assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> this.invoices.total(List.of(2)));
		this.queue.resume();
		assertThat(this.queue.processed()).isEqualTo(1);
	}

}
