package dev.taskqueue.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import dev.taskqueue.BeanSource;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage.Claim;
import org.jspecify.annotations.Nullable;

/**
 * The engine without processes: whoever posts an event has the decisions made, under a
 * lock, and then runs the tasks they have started, not under the lock. To the decisions
 * each place to run a task in looks like a worker that starts at once.
 * <p>
 * Its time stands still until somebody moves it.
 */
final class CallingThread implements Engine, Effects {

	/** Threads that can run tasks at the same time. Others leave theirs to them. */
	private static final int PLACES = 64;

	private final Object lock = new Object();

	private final PoolSettings settings;

	private final LongConsumer onTerminated;

	private final BeanSource beans;

	private final Afterwards afterwards = new Afterwards(this.lock);

	private final NoticeLog log;

	private final ListenerRelay listeners;

	private final Instant builtAt = Instant.now();

	/** Guarded by the lock, as is everything below. */
	private final PoolDecisions decisions;

	private final Map<Integer, InlineAttempt> attempts = new HashMap<>();

	/** What follows from effects, as it would from a process. */
	private final Queue<PoolEvent> consequences = new ArrayDeque<>();

	/** Attempts for the thread that deals with the present event. */
	private final List<InlineAttempt> sent = new ArrayList<>();

	private long now;

	CallingThread(PoolSettings settings, Gate gate, LongConsumer onTerminated, BeanSource beans) {
		this.settings = new PoolSettings(settings.name(),
				new PoolSettings.Limits(PLACES, 0, settings.limits().capacity(), settings.limits().maxPayload()),
				settings.terminateTimeout(), settings.taskDefaults(), WorkerOptions.defaults(), settings.resultFilter(),
				settings.listeners(), settings.beans());
		this.onTerminated = onTerminated;
		this.beans = beans;
		this.log = new NoticeLog(settings.name());
		this.listeners = new ListenerRelay(settings.name(), settings.listeners(), this.afterwards);
		this.decisions = new PoolDecisions(this.settings, gate, PLACES, (bound) -> 0, this);
	}

	@Override
	public void post(PoolEvent event) {
		Deque<InlineAttempt> mine = new ArrayDeque<>(deal(event));
		this.afterwards.run();
		while (!mine.isEmpty()) {
			mine.addAll(attempt(mine.remove()));
			this.afterwards.run();
		}
	}

	@Override
	public void start() {
		apply(PoolDecisions::start);
	}

	@Override
	public void terminate(long nanos) {
		post((pool, time) -> pool.terminate(time + nanos, time));
		try {
			awaitOthers(System.nanoTime() + nanos);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		post(PoolDecisions::expire);
	}

	@Override
	public CompletableFuture<TaskQueueSnapshot> snapshot() {
		return CompletableFuture.completedFuture(recentSnapshot());
	}

	@Override
	public TaskQueueSnapshot recentSnapshot() {
		synchronized (this.lock) {
			return this.decisions.snapshot(this.now, this.builtAt).withWorkers(List.of());
		}
	}

	@Override
	public CompletableFuture<Void> flushed() {
		return this.listeners.flushed();
	}

	@Override
	public long now() {
		synchronized (this.lock) {
			return this.now;
		}
	}

	@Override
	public TaskSpec spec(TaskOptions options) {
		return TaskSpec.of(options.backoff(Duration.ZERO));
	}

	@Override
	public Executor callbacks() {
		return this.afterwards;
	}

	/** To wait for what is not due is to let the time pass. */
	@Override
	public long beforeWait(PoolHandle<?> handle, long nanos) {
		long left = nanos;
		while (left > 0 && handle.state() == TaskState.DELAYED) {
			left -= step(left);
		}
		return left;
	}

	/** Let the time pass. */
	void advance(long nanos) {
		long left = nanos;
		do {
			left -= step(left);
		}
		while (left > 0);
	}

	/** Go to the next timer. */
	private long step(long most) {
		long step;
		synchronized (this.lock) {
			step = Math.min(most, this.decisions.untilNextTimer(this.now));
			this.now += step;
		}
		post((pool, time) -> {
			// Its timers are looked at
		});
		return step;
	}

	private void apply(PoolEvent event) {
		synchronized (this.lock) {
			for (PoolEvent next = event; next != null; next = this.consequences.poll()) {
				next.apply(this.decisions, this.now);
				this.decisions.tick(this.now);
				this.decisions.proceed(this.now);
			}
		}
	}

	/**
	 * Have the decisions made.
	 * @return what they have started, for this thread to run
	 */
	private List<InlineAttempt> deal(PoolEvent event) {
		synchronized (this.lock) {
			apply(event);
			List<InlineAttempt> mine = List.copyOf(this.sent);
			this.sent.clear();
			return mine;
		}
	}

	/**
	 * Run a task.
	 * @return what its end has started
	 */
	private List<InlineAttempt> attempt(InlineAttempt attempt) {
		boolean interrupted = Thread.interrupted(); // not meant for the task
		try {
			if (!begin(attempt)) {
				return List.of();
			}
			Frame outcome = attempt.execute(this.settings.limits().maxPayload(), this.beans,
					(progress) -> post((pool, time) -> pool.progress(attempt.worker, progress)));
			return deal((pool, time) -> ended(attempt, outcome, time));
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private boolean begin(InlineAttempt attempt) {
		synchronized (this.lock) {
			if (this.attempts.get(attempt.worker) != attempt) {
				return false;
			}
			attempt.thread = Thread.currentThread();
			return true;
		}
	}

	private void ended(InlineAttempt attempt, Frame outcome, long time) {
		Thread.interrupted(); // meant for the task
		attempt.thread = null;
		this.attempts.remove(attempt.worker, attempt);
		if (outcome instanceof Frame.Result result) {
			this.decisions.result(attempt.worker, result, time);
		}
		else if (outcome instanceof Frame.Failure failure) {
			this.decisions.failure(attempt.worker, failure, time);
		}
	}

	/** Wait for tasks that run in other threads. */
	private void awaitOthers(long deadline) throws InterruptedException {
		synchronized (this.lock) {
			while (!this.decisions.isTerminated() && deadline - System.nanoTime() > 0) {
				TimeUnit.NANOSECONDS.timedWait(this.lock, deadline - System.nanoTime());
			}
		}
	}

	// Effects

	@Override
	public void launch(int worker, boolean ahead) {
		this.consequences.add((pool, time) -> pool.ready(worker, time));
	}

	@Override
	public void hurry(int worker) {
		// It is not slow
	}

	@Override
	public int slots() {
		return 1;
	}

	@Override
	public void runs(int worker, long task) {
		// Lines of output are this thread's
	}

	@Override
	public void send(int worker, PoolTask task) {
		InlineAttempt attempt = new InlineAttempt(worker, task);
		this.attempts.put(worker, attempt);
		this.sent.add(attempt);
	}

	@Override
	public boolean recall(int worker, PoolTask task) {
		return claim(worker, task) == Claim.SENT && this.attempts.remove(worker) != null;
	}

	@Override
	public void interrupt(int worker, PoolTask task) {
		Thread thread = threadOf(worker);
		if (thread != null) {
			thread.interrupt();
		}
	}

	@Override
	public void dump(int worker, PoolTask task) {
		// Nobody waits for where it is
	}

	@Override
	public void dumpStart(int worker) {
		// They start at once
	}

	@Override
	public Claim claim(int worker, PoolTask task) {
		return (threadOf(worker) != null) ? Claim.STARTED : Claim.SENT;
	}

	@Override
	public long residentBytes(int worker) {
		return -1;
	}

	@Override
	public void stop(int worker) {
		leave(worker);
	}

	/** As near to it as a thread allows: whatever its task still does is ignored. */
	@Override
	public void kill(int worker) {
		Thread thread = threadOf(worker);
		if (thread != null) {
			thread.interrupt();
		}
		leave(worker);
	}

	/** Workers are of no interest: there are none. */
	@Override
	public void notice(Notice notice) {
		if (notice instanceof Notice.TaskStarted || notice instanceof Notice.TaskRetried
				|| notice instanceof Notice.TaskFinished) {
			if (this.log.isWanted(notice)) {
				this.afterwards.execute(() -> this.log.log(notice));
			}
			this.listeners.notice(notice);
		}
	}

	@Override
	public void terminated(long cancelled) {
		this.afterwards.execute(() -> this.onTerminated.accept(cancelled));
		this.lock.notifyAll();
	}

	private void leave(int worker) {
		this.consequences.add((pool, time) -> {
			pool.exited(worker, ProcessEnd.notStarted("no process"), time);
			this.attempts.remove(worker);
		});
	}

	private @Nullable Thread threadOf(int worker) {
		InlineAttempt attempt = this.attempts.get(worker);
		return (attempt != null) ? attempt.thread : null;
	}

}
