package dev.taskqueue.pool;

import java.util.Map;

import dev.taskqueue.wire.Payloads;
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

	/** Since when it waits or waited last; at first, when it was added. */
	long waitingSince;

	/** How long its attempts before the present one ran. */
	long ranBefore;

	/** Which attempt it is at, from 1; 0 before the first. */
	int attempt;

	/** How often it came back from a worker that ended before it had begun. */
	byte returns;

	/** Whether somebody has asked for its end: it is not to run again. */
	boolean cancelled;

	/** Where it is, if it is with a worker. */
	@Nullable Placement placement;

	/** Its delay, its limit while waiting, or its limit while running. */
	Timers.@Nullable Timer timer;

	/** Its neighbours and list while it waits; see {@link TaskList}. */
	@Nullable PoolTask next;

	@Nullable PoolTask previous;

	@Nullable TaskList list;

	/**
	 * As {@link Payloads#keep} has written it: a plain record without its class. For a
	 * task that is called with a bean, the whole call; of one that a worker has added,
	 * what the worker has sent.
	 */
	private byte @Nullable [] kept;

	PoolTask(PoolHandle<?> handle, TaskSpec spec, boolean callable, Map<String, String> mdc, byte[] kept,
			long addedAt) {
		this.handle = handle;
		this.spec = spec;
		this.callable = callable;
		this.mdc = mdc;
		this.kept = kept;
		this.waitingSince = addedAt;
	}

	long id() {
		return this.handle.id();
	}

	/** The serialized task. */
	byte[] payload() {
		if (this.kept == null) {
			throw new IllegalStateException(this.handle + " is final");
		}
		return Payloads.whole(this.kept, this.handle.taskClass());
	}

	/** The worker it was sent to, if it was. */
	@Nullable Worker worker() {
		return (this.placement != null) ? this.placement.worker : null;
	}

	/** Its stay with the worker it was sent to. */
	Placement placed() {
		if (this.placement == null) {
			throw new IllegalStateException(this.handle + " is with no worker");
		}
		return this.placement;
	}

	/** How long it waits, or had waited before its present attempt, in nanoseconds. */
	long waited(long now) {
		return switch (this.handle.state()) {
			case RUNNING -> placed().startedAt - this.waitingSince;
			case WAITING -> now - this.waitingSince;
			default -> 0;
		};
	}

	/** Keep nothing that is not needed for the outcome. */
	void release() {
		this.placement = null;
		this.kept = null;
		if (!this.mdc.isEmpty()) {
			this.mdc = Map.of();
		}
	}

	@Override
	public void apply(PoolDecisions decisions, long now) {
		decisions.added(this, now);
	}

}
