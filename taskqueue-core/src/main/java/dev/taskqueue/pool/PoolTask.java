package dev.taskqueue.pool;

import java.util.Map;

import dev.taskqueue.TaskProgress;

import org.jspecify.annotations.Nullable;

/**
 * A task on its way through the pool. Built in the caller's thread; from the moment it is
 * posted, the supervisor owns every mutable field.
 */
final class PoolTask implements PoolEvent {

	final PoolHandle<?> handle;

	final TaskSpec spec;

	/** Whether the caller wants the result, or {@code run()} called. */
	final boolean callable;

	/** The diagnostic context of the thread that added it. */
	Map<String, String> mdc;

	/** When it was added, on the monotonic clock. */
	final long addedAt;

	/** Which attempt it is at, from 1; 0 before the first. */
	int attempt;

	/** When its present attempt was sent to an idle worker. */
	long startedAt;

	/** How long its attempts before the present one ran. */
	long ranBefore;

	/** Since when it waits, if it does. */
	long waitingSince;

	/** The limits of its present attempt, if it has any. */
	@Nullable RunLimits limits;

	/** What its present attempt said of its progress. */
	@Nullable TaskProgress progress;

	/** Whether it had begun in a worker that has ended. */
	boolean begun;

	/** How often it came back from a worker that ended before it had begun. */
	int returns;

	/** Whether it is not to run, should it come back from a worker that is ending. */
	boolean cancelled;

	/** Where its claim stands in its worker's page. */
	int slot;

	/** The worker it was sent to. */
	@Nullable Worker worker;

	/** Its delay, its limit while waiting, or its limit while running. */
	Timers.@Nullable Timer timer;

	/** Its neighbours and list while it waits; see {@link TaskList}. */
	@Nullable PoolTask next;

	@Nullable PoolTask previous;

	@Nullable TaskList list;

	private byte @Nullable [] payload;

	PoolTask(PoolHandle<?> handle, TaskSpec spec, boolean callable, Map<String, String> mdc, byte[] payload,
			long addedAt) {
		this.handle = handle;
		this.spec = spec;
		this.callable = callable;
		this.mdc = mdc;
		this.payload = payload;
		this.addedAt = addedAt;
	}

	long id() {
		return this.handle.id();
	}

	byte[] payload() {
		if (this.payload == null) {
			throw new IllegalStateException(this.handle + " is final");
		}
		return this.payload;
	}

	/** How long it waits, or had waited before its present attempt, in nanoseconds. */
	long waited(long now) {
		return switch (this.handle.state()) {
			case RUNNING -> this.startedAt - this.waitingSince;
			case WAITING -> now - this.waitingSince;
			default -> 0;
		};
	}

	/** Its present attempt is over. */
	void endAttempt() {
		this.worker = null;
		this.limits = null;
		this.progress = null;
	}

	/** Keep nothing that is not needed for the outcome. */
	void release() {
		endAttempt();
		this.payload = null;
		this.mdc = Map.of();
	}

	@Override
	public void apply(PoolDecisions decisions, long now) {
		decisions.added(this, now);
	}

}
