package dev.taskqueue.pool;

import java.time.Duration;

import dev.taskqueue.BeanRef;
import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.TaskObserver;
import dev.taskqueue.test.InlineTaskQueue;
import dev.taskqueue.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The queue of {@link InlineTaskQueue}: all of it is its engine's.
 */
final class CallingThreadTaskQueue extends PoolTaskQueue implements InlineTaskQueue {

	private final CallingThread engine;

	private final InlineBeans beans;

	CallingThreadTaskQueue(PoolSettings settings, @Nullable TaskObserver observer) {
		this(settings, observer, new InlineBeans(settings.beans().inline()));
	}

	private CallingThreadTaskQueue(PoolSettings settings, @Nullable TaskObserver observer, InlineBeans beans) {
		super(settings, observer, (same, gate, onTerminated) -> new CallingThread(same, gate, onTerminated, beans));
		this.engine = (CallingThread) engine();
		this.beans = beans;
	}

	@Override
	public <B> InlineTaskQueue withBean(BeanRef<B> reference, B bean) {
		this.beans.give(reference, bean);
		return this;
	}

	/** A worker's bytes are not to be read in the application. */
	@Override
	long enter(Frame.Add add) {
		throw new IllegalArgumentException(
				"Queue '%s' takes no tasks from workers: it runs its tasks in the application".formatted(name()));
	}

	@Override
	void checkBeans() {
		if (this.beans.isEmpty()) {
			throw new NoWorkerContextException(
					"Queue '%s' refuses a task that needs a bean: it runs tasks in the calling thread and was given no beans; "
						.formatted(name()) + "give it some with InlineTaskQueue.withBean or TaskQueue.Builder.beans");
		}
	}

	@Override
	public void advance(Duration time) {
		if (time.isNegative()) {
			throw new IllegalArgumentException("time must not be negative, but is " + time);
		}
		this.engine.advance(TaskSpec.nanos(time));
	}

}
