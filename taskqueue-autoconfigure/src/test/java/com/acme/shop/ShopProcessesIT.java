package com.acme.shop;

import java.time.Duration;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerCrashedException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@SpringBootTest(properties = { "taskqueue.worker-count=1", "taskqueue.worker.max-heap=64MB" })
class ShopProcessesIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Autowired
	Invoices invoices;

	@Autowired
	TaskQueue queue;

	@Test
	void totalsAreComputedInAnotherProcess() {
		assertThat(this.invoices.total(List.of(20, 22)).join(LONG)).isEqualTo(42);
		assertThat(this.queue.snapshot().workers()).hasSize(1);
	}

	@Test
	void aCrashIsTheTasksAlone() {
		WorkerCrashedException crash = catchThrowableOfType(WorkerCrashedException.class,
				() -> this.queue.add(() -> System.exit(1)).join(LONG));
		assertThat(crash.reason()).isEqualTo(CrashReason.EXITED);
		assertThat(this.invoices.total(List.of(20, 22)).join(LONG)).isEqualTo(42);
	}

}
