package dev.taskqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.taskqueue.BeanFunction;
import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanTask;
import dev.taskqueue.CallableTask;
import dev.taskqueue.QueueState;
import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A queue without an engine: it says what a test tells it to, and counts what is asked of
 * it.
 */
class StubTaskQueue implements TaskQueue {

	final AtomicInteger starts = new AtomicInteger();

	final AtomicInteger closes = new AtomicInteger();

	volatile TaskQueueSnapshot snapshot = snapshot(QueueState.CREATED, 0, 0);

	/** What draining takes. */
	volatile Runnable drain = () -> {
	};

	static TaskQueueSnapshot snapshot(QueueState state, long length, long processed, WorkerSnapshot... workers) {
		return new TaskQueueSnapshot("stub", state, 0, length, 0, processed, 0, 0, 0, 0, List.of(workers), List.of());
	}

	static StubTaskQueue of(long length, long processed) {
		StubTaskQueue queue = new StubTaskQueue();
		queue.snapshot = snapshot(QueueState.RUNNING, length, processed);
		return queue;
	}

	@Override
	public TaskHandle<@Nullable Void> add(Task task) {
		throw new UnsupportedOperationException();
	}

	@Override
	public TaskHandle<@Nullable Void> add(Task task, TaskOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <R extends @Nullable Object> TaskHandle<R> submit(CallableTask<R> task, TaskOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <B> TaskHandle<@Nullable Void> add(BeanRef<B> bean, BeanTask<B> task, TaskOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <B, R extends @Nullable Object> TaskHandle<R> submit(BeanRef<B> bean, BeanFunction<B, R> task,
			TaskOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public long length() {
		return this.snapshot.length();
	}

	@Override
	public long processed() {
		return this.snapshot.processed();
	}

	@Override
	public TaskQueueSnapshot snapshot() {
		return this.snapshot;
	}

	@Override
	public void start() {
		this.starts.incrementAndGet();
		this.snapshot = snapshot(QueueState.RUNNING, length(), processed());
	}

	@Override
	public void pause() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void resume() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean terminate(Duration timeout) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean terminate() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		this.closes.incrementAndGet();
		this.drain.run();
		this.snapshot = snapshot(QueueState.TERMINATED, 0, processed());
	}

}
