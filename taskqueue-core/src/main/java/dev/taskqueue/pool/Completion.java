package dev.taskqueue.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * How a task ends, once, and who waits for it. What a {@code CompletableFuture} would do,
 * in one field of the handle instead of an object more: a million tasks may wait, and
 * nobody for most of them. Nobody who waits can hold up whoever completes it. Any thread.
 */
abstract class Completion {

	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(Completion.class, "completion", Object.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** Nothing, the last of those who wait, or the outcome. */
	private volatile @Nullable Object completion;

	/** Somebody who waits. */
	private static final class Waiter {

		/** A thread to be woken, if it still waits. */
		private volatile @Nullable Thread thread;

		/** What is to be done with the outcome. */
		private final @Nullable Consumer<Outcome> action;

		private @Nullable Waiter before;

		Waiter(@Nullable Thread thread, @Nullable Consumer<Outcome> action) {
			this.thread = thread;
			this.action = action;
		}

		boolean hasGone() {
			return this.thread == null && this.action == null;
		}

	}

	/**
	 * The task has ended. Wakes all who wait.
	 * @param outcome how
	 */
	final void complete(Outcome outcome) {
		Object before = STATE.getAndSet(this, outcome);
		Waiter reversed = null;
		for (Waiter waiter = waiter(before); waiter != null;) {
			Waiter next = waiter.before;
			waiter.before = reversed;
			reversed = waiter;
			waiter = next;
		}
		for (Waiter waiter = reversed; waiter != null; waiter = waiter.before) {
			if (waiter.action != null) {
				waiter.action.accept(outcome);
			}
			LockSupport.unpark(waiter.thread);
		}
	}

	/**
	 * Do something when the task has ended: now, or in the thread that completes it.
	 * @param action is quick, and throws nothing
	 */
	final void then(Consumer<Outcome> action) {
		Outcome known = enter(new Waiter(null, action));
		if (known != null) {
			action.accept(known);
		}
	}

	/**
	 * Wait for the end.
	 * @param nanos how long, {@link Long#MAX_VALUE} for ever
	 * @return the outcome; {@code null} if it took longer
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	final @Nullable Outcome await(long nanos) throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		Outcome known = outcome();
		if (known != null || nanos <= 0) {
			return known;
		}
		Waiter waiter = new Waiter(Thread.currentThread(), null);
		known = enter(waiter);
		try {
			long deadline = System.nanoTime() + nanos;
			while (known == null) {
				long left = (nanos == Long.MAX_VALUE) ? TimeUnit.DAYS.toNanos(1) : deadline - System.nanoTime();
				if (left <= 0) {
					return null;
				}
				LockSupport.parkNanos(this, left);
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				known = outcome();
			}
			return known;
		}
		finally {
			waiter.thread = null;
		}
	}

	/** How many wait, or have gone and were not missed yet. */
	final int waiting() {
		int count = 0;
		for (Waiter waiter = waiter(this.completion); waiter != null; waiter = waiter.before) {
			count++;
		}
		return count;
	}

	/** The outcome, if there is one. */
	private @Nullable Outcome outcome() {
		return (this.completion instanceof Outcome outcome) ? outcome : null;
	}

	/** Join those who wait, in place of those who have gone since the last one came. */
	private @Nullable Outcome enter(Waiter waiter) {
		while (true) {
			Object known = this.completion;
			if (known instanceof Outcome outcome) {
				return outcome;
			}
			Waiter last = waiter(known);
			while (last != null && last.hasGone()) {
				last = last.before;
			}
			waiter.before = last;
			if (STATE.compareAndSet(this, known, waiter)) {
				return null;
			}
		}
	}

	private static @Nullable Waiter waiter(@Nullable Object state) {
		return (state instanceof Waiter waiter) ? waiter : null;
	}

}
