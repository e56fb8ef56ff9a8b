package dev.taskqueue.autoconfigure.queued;

import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskHandle;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Adds tasks when this thread's transaction has committed. The only class that needs
 * Spring's transactions; not loaded where they are missing.
 */
final class AfterCommit {

	private AfterCommit() {
	}

	/**
	 * Whether a transaction is under way in this thread.
	 * @return {@code true} if {@link #add} can be called
	 */
	static boolean isPossible() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive();
	}

	/**
	 * Add a task once the transaction has committed.
	 * @param method what was called
	 * @param adding adds the task
	 * @param future completed with the task's outcome; {@code null} if nobody is told
	 */
	static void add(QueuedMethod method, Adding adding, @Nullable LaterResult<@Nullable Object> future) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				if (future == null) {
					adding.add(); // what it throws, the committing caller gets
					return;
				}
				try {
					future.follow(adding.add());
				}
				catch (RuntimeException ex) {
					future.completeExceptionally(ex);
				}
			}

			@Override
			public void afterCompletion(int status) {
				if (status != STATUS_COMMITTED && future != null) {
					future.completeExceptionally(new TaskCancelledException(
							method + " was not added to its queue, because the transaction of its call "
									+ ((status == STATUS_ROLLED_BACK) ? "was rolled back."
											: "ended in a way that is not known.")));
				}
			}

		});
	}

	/** Adds a task. */
	interface Adding {

		TaskHandle<@Nullable Object> add();

	}

}
