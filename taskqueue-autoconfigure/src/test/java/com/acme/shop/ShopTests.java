package com.acme.shop;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.test.InlineTaskQueue;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "taskqueue.mode=inline")
class ShopTests {

	@Autowired
	Invoices invoices;

	@Autowired
	TaskQueue queue;

	@Test
	void totalsAreComputed() {
		assertThat(this.invoices.total(List.of(20, 22)).join()).isEqualTo(42);
	}

	@Test
	void customersAreReminded() {
		long before = this.queue.processed();
		this.invoices.remind("jane");
		((InlineTaskQueue) this.queue).advance(Duration.ofDays(7));
		assertThat(this.queue.processed()).isEqualTo(before + 1);
	}

}
