package dev.taskqueue.beans;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerCrashedException;

import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the application can be told to do.
 */
@RestController
class Commands {

	private final TaskQueue queue;

	private final Ledger ledger;

	private final TransactionTemplate transaction;

	Commands(TaskQueue queue, Ledger ledger, TransactionTemplate transaction) {
		this.queue = queue;
		this.ledger = ledger;
		this.transaction = transaction;
	}

	@GetMapping("/commit")
	List<String> commit() {
		this.queue.add(Ledger.class, (ledger) -> ledger.enter("committed")).join();
		return this.ledger.entries();
	}

	@GetMapping("/rollback")
	List<String> rollback() {
		try {
			this.queue.add(Ledger.class, (ledger) -> ledger.enterAndFail("rolled back")).join();
		}
		catch (TaskFailedException ex) {
			return List.of(String.valueOf(ex.exceptionMessage()), this.ledger.entries().toString());
		}
		return List.of("it did not fail");
	}

	@GetMapping("/hostile")
	List<String> hostile() {
		TaskHandle<Long> neighbour = this.queue.submit(Ledger.class, (ledger) -> {
			while (!ledger.entries().contains("go on")) {
				Thread.onSpinWait();
			}
			return ProcessHandle.current().pid();
		});
		while (neighbour.state() != TaskState.RUNNING) {
			Thread.onSpinWait();
		}
		String reason = "";
		try {
			this.queue.add(Ledger.class, (ledger) -> {
				ledger.enter("before the end");
				Runtime.getRuntime().halt(7);
			}).join();
		}
		catch (WorkerCrashedException ex) {
			reason = ex.reason() + " " + ex.report().exitCode();
		}
		this.queue.add(Ledger.class, (ledger) -> ledger.enter("go on")).join();
		return List.of(reason, String.valueOf(neighbour.join() > 0));
	}

	@GetMapping("/facts")
	Map<String, String> facts() {
		return this.queue.submit(Facts.class, Facts::all).join();
	}

	@GetMapping("/beginnings")
	long beginnings() {
		return this.queue.submit(Beginnings.class, Beginnings::pid).join();
	}

	@GetMapping("/others")
	void others() {
		this.queue.add(Ledger.class, (ledger) -> ledger.enterByOthers("entered")).join();
	}

	@GetMapping("/queued")
	List<String> queued() {
		CompletableFuture<Long> pid = this.transaction.execute((status) -> {
			CompletableFuture<Long> future = this.ledger.enterLater("queued");
			this.ledger.enter("before the task");
			return future;
		});
		CompletableFuture<Long> never = this.transaction.execute((status) -> {
			status.setRollbackOnly();
			return this.ledger.enterLater("never");
		});
		return List.of(String.valueOf(Objects.requireNonNull(pid).join()),
				String.valueOf(Objects.requireNonNull(never).isCompletedExceptionally()));
	}

	@GetMapping("/entries")
	List<String> entries() {
		return this.ledger.entries();
	}

	@GetMapping("/pids")
	List<Long> pids() {
		return this.ledger.pids();
	}

}
