package com.acme.shop;

import dev.taskqueue.Task;
import dev.taskqueue.TaskContext;

public record ReminderTask(String customer) implements Task {

	@Override
	public void run() {
		TaskContext.current().progress(0.5, "writing to " + this.customer);
	}

}
