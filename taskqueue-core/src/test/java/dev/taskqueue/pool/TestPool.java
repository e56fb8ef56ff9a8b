package dev.taskqueue.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage.Claim;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pool's decisions with a clock and a world of the test's own. After every event the
 * counts must agree, and neither workers nor processes be more than allowed. The clock
 * begins half a second before it wraps around, which no rule may notice.
 */
final class TestPool {

	final RecordingEffects effects;

	final Gate gate;

	final PoolDecisions decisions;

	private final PoolHandle.Context context;

	private final int workerCount;

	private long now = Long.MAX_VALUE - 500_000_000L;

	/** Tasks that passed the gate and did not arrive yet. */
	private int underWay;

	TestPool(int workerCount) {
		this(workerCount, 0);
	}

	TestPool(int workerCount, int requestsPerWorker) {
		this(workerCount, requestsPerWorker, 64, (bound) -> 0);
	}

	TestPool(int workerCount, int requestsPerWorker, int startsAtOnce, IntUnaryOperator jitter) {
		this(workerCount, requestsPerWorker, startsAtOnce, jitter, WorkerOptions.defaults());
	}

	TestPool(int workerCount, int requestsPerWorker, int startsAtOnce, IntUnaryOperator jitter, WorkerOptions worker) {
		this(workerCount, requestsPerWorker, startsAtOnce, jitter, worker, 1, BeanSettings.NONE);
	}

	private TestPool(int workerCount, int requestsPerWorker, int startsAtOnce, IntUnaryOperator jitter,
			WorkerOptions worker, int slots, BeanSettings beans) {
		this.effects = new RecordingEffects(slots);
		this.workerCount = workerCount;
		this.gate = new Gate("test", 0);
		PoolSettings settings = new PoolSettings("test",
				new PoolSettings.Limits(workerCount, requestsPerWorker, 0, 1 << 20), Duration.ofSeconds(5),
				TaskOptions.defaults(), worker, null, List.of(), beans);
		this.decisions = new PoolDecisions(settings, this.gate, startsAtOnce, jitter, this.effects);
		this.context = new PoolHandle.Context("test", Runnable::run, this::cancel, null);
	}

	/** A pool whose workers have a context to start and to close. */
	static TestPool withContext(int workerCount) {
		return new TestPool(workerCount, 0, 64, (bound) -> 0, WorkerOptions.defaults(), 1,
				new BeanSettings(Map.of(), null, Set.of(), (name) -> null));
	}

	/** A pool whose first workers are ready. */
	static TestPool started(int workerCount, int requestsPerWorker) {
		TestPool pool = new TestPool(workerCount, requestsPerWorker);
		pool.start();
		pool.ready(pool.effects.launched.toArray(Integer[]::new));
		return pool;
	}

	static TestPool started(int workerCount, WorkerOptions worker) {
		TestPool pool = new TestPool(workerCount, 0, 64, (bound) -> 0, worker);
		pool.start();
		pool.ready(pool.effects.launched.toArray(Integer[]::new));
		return pool;
	}

	/**
	 * A pool whose workers are ready, whose tasks have proved short, and that has nothing
	 * to do. A worker can have ten tasks.
	 */
	static TestPool sendingAhead(int workerCount, int requestsPerWorker, WorkerOptions worker) {
		TestPool pool = new TestPool(workerCount, requestsPerWorker, 64, (bound) -> 0, worker, 20, BeanSettings.NONE);
		pool.start();
		for (int i = 0; i < 60; i++) {
			pool.ready(pool.effects.launched.toArray(Integer[]::new));
			PoolTask task = pool.add();
			int server = pool.workerOf(task);
			pool.succeed(task);
			if (pool.effects.stopped.contains(server)) {
				pool.exited(server);
			}
		}
		pool.ready(pool.effects.launched.toArray(Integer[]::new));
		pool.effects.sent.clear();
		return pool;
	}

	static TestPool sendingAhead(int workerCount) {
		return sendingAhead(workerCount, 0, WorkerOptions.defaults());
	}

	static TestPool started(int workerCount) {
		return started(workerCount, 0);
	}

	// The queue

	void start() {
		this.gate.open();
		event(this.decisions::start);
	}

	void pause() {
		event((at) -> this.decisions.pause());
	}

	void resume() {
		event((at) -> this.decisions.resume());
	}

	void terminate(Duration timeout) {
		this.gate.close();
		event((at) -> this.decisions.terminate(at + timeout.toNanos(), at));
	}

	void expire() {
		event(this.decisions::expire);
	}

	/** Let time pass, and everything that falls due happen at its moment. */
	void pass(Duration time) {
		long end = this.now + time.toNanos();
		while (this.decisions.untilNextTimer(this.now) <= end - this.now) {
			this.now += this.decisions.untilNextTimer(this.now);
			event(this.decisions::tick);
		}
		this.now = end;
	}

	/** Let time pass with nobody looking, as when this process was stopped. */
	void jump(Duration time) {
		this.now += time.toNanos();
		event(this.decisions::tick);
	}

	// Tasks

	PoolTask add() {
		return add(TaskOptions.defaults());
	}

	PoolTask add(TaskOptions options) {
		PoolTask task = enter(options);
		arrive(task);
		return task;
	}

	List<PoolTask> add(int count) {
		return java.util.stream.IntStream.range(0, count).mapToObj((i) -> add()).toList();
	}

	/** Tasks that come while nothing is sent. */
	List<PoolTask> addTogether(int count) {
		pause();
		List<PoolTask> tasks = add(count);
		resume();
		return tasks;
	}

	/** What happens in the caller's thread only. */
	PoolTask enter(TaskOptions options) {
		PoolHandle<?> handle = new PoolHandle<Object>(this.context, this.gate.enter(), "a task", TestPool.class, null,
				options.delay().isZero() ? TaskState.WAITING : TaskState.DELAYED);
		PoolTask task = new PoolTask(handle, TaskSpec.of(options), false, Map.of(), new byte[1], this.now);
		handle.pending(task);
		this.underWay++;
		return task;
	}

	void arrive(PoolTask task) {
		this.underWay--;
		event((at) -> this.decisions.added(task, at));
	}

	void cancel(PoolTask task) {
		event((at) -> this.decisions.cancel(task, at));
	}

	/** The worker a task was sent to last. */
	int workerOf(PoolTask task) {
		return this.effects.sent.stream()
			.filter((sent) -> sent.task() == task)
			.reduce((first, second) -> second)
			.orElseThrow()
			.worker();
	}

	/** The workers tasks were sent to, in the order of sending. */
	List<Integer> workersUsed() {
		return this.effects.sent.stream().map(RecordingEffects.Sent::worker).toList();
	}

	/** The tasks that were sent, in the order of sending. */
	List<PoolTask> sent() {
		return this.effects.sent.stream().map(RecordingEffects.Sent::task).toList();
	}

	/** How a task has ended. */
	Outcome outcomeOf(PoolTask task) {
		List<Outcome> outcomes = this.effects.notices(Notice.TaskFinished.class)
			.stream()
			.filter((finished) -> finished.task() == task.handle)
			.map(Notice.TaskFinished::outcome)
			.toList();
		assertThat(outcomes).as("outcomes of %s", task.handle).hasSize(1);
		return outcomes.get(0);
	}

	/** The tasks a worker was sent, in order. */
	List<PoolTask> sentTo(int worker) {
		return this.effects.sent.stream()
			.filter((sent) -> sent.worker() == worker)
			.map(RecordingEffects.Sent::task)
			.toList();
	}

	/** Its worker has not begun these. */
	void notBegun(List<PoolTask> tasks) {
		tasks.forEach((task) -> this.effects.claims.put(task.id(), Claim.SENT));
	}

	/** Its worker has begun this one. */
	void begun(PoolTask task) {
		this.effects.claims.put(task.id(), Claim.STARTED);
	}

	static TaskState stateOf(PoolTask task) {
		return task.handle.state();
	}

	// Workers

	void ready(Integer... workers) {
		for (int worker : workers) {
			event((at) -> {
				this.decisions.hello(worker, 1000 + worker);
				this.decisions.ready(worker, at);
			});
		}
	}

	void succeed(PoolTask task) {
		int worker = workerOf(task);
		event((at) -> this.decisions.result(worker, new Frame.Result(task.id(), new byte[0]), at));
	}

	void fail(PoolTask task, boolean fatal) {
		int worker = workerOf(task);
		event((at) -> this.decisions.failure(worker,
				new Frame.Failure(task.id(), fatal, "com.acme.Oops", "oops", "trace"), at));
	}

	void stack(PoolTask task, String text) {
		int worker = workerOf(task);
		event((at) -> this.decisions.stack(worker, new Frame.Stack(task.id(), text)));
	}

	void progress(PoolTask task, double fraction, String message) {
		int worker = workerOf(task);
		event((at) -> this.decisions.progress(worker, new Frame.Progress(task.id(), fraction, message)));
	}

	void corrupt(int worker) {
		event((at) -> this.decisions.corrupt(worker, "nonsense", at));
	}

	void disconnected(int worker) {
		event((at) -> this.decisions.disconnected(worker, at));
	}

	void exited(int worker) {
		exited(worker, CrashReason.EXITED);
	}

	void exited(int worker, CrashReason reason) {
		ProcessEnd end = new ProcessEnd(reason, 1000 + worker, 1, null, List.of(), null);
		event((at) -> this.decisions.exited(worker, end, at));
	}

	/** It has ended, and has said this of its start. */
	void exited(int worker, String startReport) {
		ProcessEnd end = new ProcessEnd(CrashReason.EXITED, 1000 + worker, 70, null, List.of(), null)
			.because(startReport);
		event((at) -> this.decisions.exited(worker, end, at));
	}

	// What is seen

	TaskQueueSnapshot snapshot() {
		return this.decisions.snapshot(this.now, Instant.EPOCH);
	}

	long untilNextTimer() {
		return this.decisions.untilNextTimer(this.now);
	}

	List<WorkerState> workerStates() {
		return snapshot().workers().stream().map(WorkerSnapshot::state).toList();
	}

	private void event(LongConsumer event) {
		event.accept(this.now);
		this.decisions.proceed(this.now);
		TaskQueueSnapshot snapshot = snapshot();
		assertThat(snapshot.length() + this.underWay).as("length").isEqualTo(this.gate.length());
		assertThat(snapshot.processed()).as("processed").isEqualTo(this.gate.processed());
		assertThat(snapshot.workers()).as("processes")
			.hasSizeLessThanOrEqualTo(this.workerCount + Math.max(1, this.workerCount / 4));
		assertThat(snapshot.workers()).as("serving workers")
			.filteredOn((worker) -> worker.state() == WorkerState.IDLE || worker.state() == WorkerState.BUSY)
			.hasSizeLessThanOrEqualTo(this.workerCount);
		assertThat(snapshot.running()).as("running")
			.isEqualTo(snapshot.workers().stream().filter((worker) -> worker.task() != null).count());
	}

}
