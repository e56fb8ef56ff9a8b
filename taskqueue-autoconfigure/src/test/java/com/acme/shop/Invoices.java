package com.acme.shop;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;

import org.springframework.stereotype.Service;

@Service
public class Invoices {

	private final TaskQueue queue;

	public Invoices(TaskQueue queue) {
		this.queue = queue;
	}

	public TaskHandle<Integer> total(List<Integer> amounts) {
		return this.queue.submit(new TotalTask(amounts), TaskOptions.defaults().timeout(Duration.ofSeconds(10)));
	}

	public void remind(String customer) {
		this.queue.add(new ReminderTask(customer), TaskOptions.defaults().delay(Duration.ofDays(7)));
	}

}
