package dev.taskqueue.beans;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.annotation.Queued;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A service with a database.
 */
@Service
class Ledger {

	private final JdbcTemplate database;

	private final TaskQueue queue;

	private final TaskQueue mail;

	Ledger(JdbcTemplate database, TaskQueue queue, @Qualifier("mail") TaskQueue mail) {
		this.database = database;
		this.queue = queue;
		this.mail = mail;
	}

	@Transactional
	public void enter(String entry) {
		this.database.update("insert into ledger values (?, ?)", entry, ProcessHandle.current().pid());
	}

	@Transactional
	public void enterAndFail(String entry) {
		enter(entry);
		throw new IllegalStateException("after the entry");
	}

	/** Adds a task to each queue, from wherever it runs. */
	public void enterByOthers(String entry) {
		this.queue.add(Ledger.class, (ledger) -> ledger.enter(entry + " by a task"));
		this.mail.add(Ledger.class, (ledger) -> ledger.enter(entry + " by mail"));
	}

	@Queued(timeout = "30s")
	@Transactional
	public CompletableFuture<Long> enterLater(String entry) {
		enter(entry);
		return CompletableFuture.completedFuture(ProcessHandle.current().pid());
	}

	public List<String> entries() {
		return this.database.queryForList("select entry from ledger order by entry", String.class);
	}

	public List<Long> pids() {
		return this.database.queryForList("select distinct pid from ledger", Long.class);
	}

}
