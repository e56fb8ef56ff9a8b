package dev.taskqueue.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.QueueState;
import dev.taskqueue.RunningTask;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskQueueTotals;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;

/**
 * A snapshot in which every text that a task, or a worker that ran one, can have a say in
 * is SECRET.
 */
final class SecretSnapshot {

	private static final Instant THEN = Instant.parse("2026-02-03T04:05:06Z");

	private SecretSnapshot() {
	}

	static TaskQueueSnapshot of(long length, long processed) {
		RunningTask task = new RunningTask(12, "Invoice for SECRET", "com.acme.Invoice", 1, THEN,
				new TaskProgress(0.5, "page 7 of SECRET"));
		CrashReport report = new CrashReport(CrashReason.NATIVE_CRASH, 4710, 134, "SIGABRT", Duration.ofSeconds(3), 8,
				List.of("SECRET on standard error"), "# SECRET in the error file", null);
		return new TaskQueueSnapshot("any", QueueState.RUNNING, 0, length - 1, 1, processed, 0, 0, 0, 0,
				List.of(new WorkerSnapshot(4711, WorkerState.BUSY, 9, THEN, task)),
				List.of(new WorkerCrash(THEN, 11L, report)), new WorkerCrash(THEN, null, report), TaskQueueTotals.ZERO);
	}

}
