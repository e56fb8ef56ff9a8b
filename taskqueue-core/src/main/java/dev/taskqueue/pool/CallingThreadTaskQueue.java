package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.TaskObserver;
import dev.taskqueue.test.InlineTaskQueue;
import org.jspecify.annotations.Nullable;

/**
 * The queue of {@link InlineTaskQueue}: all of it is its engine's.
 */
final class CallingThreadTaskQueue extends PoolTaskQueue implements InlineTaskQueue {

	private final CallingThread engine;

	CallingThreadTaskQueue(PoolSettings settings, @Nullable TaskObserver observer) {
		super(settings, observer, CallingThread::new);
		this.engine = (CallingThread) engine();
	}

	@Override
	public void advance(Duration time) {
		if (time.isNegative()) {
			throw new IllegalArgumentException("time must not be negative, but is " + time);
		}
		this.engine.advance(TaskSpec.nanos(time));
	}

}
