package dev.taskqueue.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the pool. It waits for the workers' channels, for events in
 * its inbox and for the next timer, in this order, and lets {@link PoolDecisions} decide.
 * It never blocks on anything else. The thread is a daemon; it starts with the first
 * event and ends when the queue is terminated, and may do so many times.
 */
final class Supervisor implements Engine, Runnable {

	/** Events dealt with before the rings are looked at again. */
	private static final int BATCH = 256;

	/** How often the channels are looked at while there is always something to do. */
	private static final long SELECT_INTERVAL = 100_000L;

	/** How long to look out for more where events follow closely. */
	private static final long LOOKOUT = (Runtime.getRuntime().availableProcessors() > 1) ? 100_000L : 0;

	private final String queue;

	private final PoolDecisions decisions;

	private final PublishedView view;

	private final Crew crew;

	private final LongConsumer onTerminated;

	private final Executor callbacks;

	private final WorkerOptions worker;

	private final Queue<PoolEvent> inbox = new ConcurrentLinkedQueue<>();

	/** Whether the thread waits, or is about to, and must be woken. */
	private volatile boolean asleep;

	/** Whether there is a thread. Written under this object's lock. */
	private volatile boolean running;

	private volatile @Nullable Selector selector;

	/** When there was something to do, and when the channels were looked at. */
	private long busyAt = System.nanoTime() - LOOKOUT;

	private long selectedAt = this.busyAt;

	/** How long to look out for more before sleeping, while tasks run. */
	private long lookoutForOutcomes;

	/** The same while none runs. */
	private long lookoutForTasks;

	/** Set by a termination, until the loop has ended what belongs to it. */
	private long cancelled = -1;

	/**
	 * Create a supervisor, without its thread.
	 * @param settings the queue's settings
	 * @param gate the queue's door
	 * @param onTerminated told how many tasks a termination has cancelled, at its end
	 */
	Supervisor(PoolSettings settings, Gate gate, LongConsumer onTerminated) {
		this.queue = settings.name();
		this.onTerminated = onTerminated;
		this.worker = settings.worker();
		this.callbacks = DaemonThreads.single("taskqueue-" + settings.name() + "-callbacks");
		this.crew = new Crew(settings, this, (count) -> this.cancelled = count);
		this.decisions = new PoolDecisions(settings, gate, Runtime.getRuntime().availableProcessors(),
				(bound) -> ThreadLocalRandom.current().nextInt(bound), this.crew);
		this.view = new PublishedView(this.decisions);
	}

	/** Have an event dealt with. Never blocks. */
	@Override
	public void post(PoolEvent event) {
		this.inbox.add(event);
		if (!this.running) {
			startThread();
		}
		else if (this.asleep) {
			this.asleep = false;
			Selector waiting = this.selector;
			if (waiting != null) {
				waiting.wakeup();
			}
		}
	}

	@Override
	public void start() {
		NativeImage.refuse(this.queue);
		LaunchCheck.check(this.queue, this.worker);
		Session session = Session.open(this.queue);
		post((pool, now) -> {
			this.crew.open(session, selector());
			pool.start(now);
		});
	}

	@Override
	public void terminate(long nanos) {
		long deadline = System.nanoTime() + nanos;
		post((pool, now) -> pool.terminate(deadline, now));
	}

	@Override
	public long now() {
		return System.nanoTime();
	}

	@Override
	public TaskSpec spec(TaskOptions options) {
		return TaskSpec.of(options);
	}

	@Override
	public Executor callbacks() {
		return this.callbacks;
	}

	@Override
	public long beforeWait(PoolHandle<?> handle, long nanos) {
		return nanos;
	}

	@Override
	public CompletableFuture<TaskQueueSnapshot> snapshot() {
		synchronized (this) {
			if (!this.running && this.inbox.isEmpty()) {
				// Nothing happens, and the thread's last act was to publish how things
				// are
				return CompletableFuture.completedFuture(this.view.latest());
			}
		}
		CompletableFuture<TaskQueueSnapshot> answer = new CompletableFuture<>();
		post((pool, now) -> answer.complete(this.view.of(pool)));
		return answer;
	}

	@Override
	public TaskQueueSnapshot recentSnapshot() {
		return this.view.latest();
	}

	@Override
	public CompletableFuture<Void> flushed() {
		return this.crew.flushed();
	}

	@Override
	public void run() {
		boolean over = false;
		while (!over) {
			try {
				turn(selector());
				over = isOver();
			}
			catch (IOException | RuntimeException | Error ex) {
				// Nobody else could go on in this thread's place
				this.crew.notice(new Notice.Fault(ex));
			}
		}
	}

	private void turn(Selector ready) throws IOException {
		await(ready);
		boolean something = this.crew.exchange().read();
		for (int i = 0; i < BATCH; i++) {
			PoolEvent event = this.inbox.poll();
			if (event == null) {
				break;
			}
			something = true;
			event.apply(this.decisions, System.nanoTime());
		}
		long now = System.nanoTime();
		if (this.decisions.untilNextTimer(now) == 0) {
			// After a pause of this process, a result in a channel goes before a limit
			this.crew.catchUp(this.decisions, now);
			this.decisions.tick(System.nanoTime());
		}
		this.decisions.proceed(now);
		this.crew.flush(this.decisions, now);
		if (something) {
			this.busyAt = now;
		}
		this.view.follow(this.decisions, now);
	}

	/** Wait for something to do, and deal with what has come through channels. */
	private void await(Selector ready) throws IOException {
		long now = System.nanoTime();
		boolean running = this.decisions.hasRunning();
		if (now - this.busyAt < (running ? this.lookoutForOutcomes : this.lookoutForTasks)) {
			if (now - this.selectedAt > SELECT_INTERVAL) {
				this.selectedAt = now;
				ready.selectNow(this::dispatch);
			}
			Thread.onSpinWait();
			return;
		}
		long wait = Math.min(this.decisions.untilNextTimer(now), this.view.untilDue(now));
		this.asleep = true;
		boolean something = this.crew.exchange().doze();
		if (something || !this.inbox.isEmpty() || wait == 0) {
			ready.selectNow(this::dispatch);
		}
		else {
			// Rounded up: waking early would only mean to wait again
			long millis = (wait == Long.MAX_VALUE) ? 0 : TimeUnit.NANOSECONDS.toMillis(wait) + 1;
			ready.select(this::dispatch, millis);
		}
		this.asleep = false;
		this.crew.exchange().wake();
		this.selectedAt = System.nanoTime();
		// To be woken takes about as long as to look out for what follows so closely
		long next = (this.selectedAt - now < 2 * LOOKOUT) ? LOOKOUT : 0;
		if (running) {
			this.lookoutForOutcomes = next;
		}
		else {
			this.lookoutForTasks = next;
		}
	}

	private void dispatch(SelectionKey key) {
		if (key.attachment() instanceof WorkerLink link) {
			this.crew.ready(link, key, this.decisions, System.nanoTime());
		}
		else if (key.attachment() instanceof Reception.BellLink bell) {
			this.crew.rung(bell.worker(), this.decisions, System.nanoTime());
		}
		else if (key.attachment() instanceof Reception.Stranger stranger) {
			stranger.read();
		}
		else if (key.attachment() instanceof Reception reception) {
			reception.accept();
		}
	}

	/** A process has ended: first comes what it had written, then its end. */
	void ended(WorkerLink link, ProcessEnd end, long now) {
		this.crew.drain(link, this.decisions, now);
		// Raw lines have told the reason; what came over the channel is worth reading too
		List<String> errors = link.errors.copy();
		ProcessEnd known = errors.isEmpty() ? end : end.saying(errors);
		this.decisions.exited(link.id, known.because(link.startReport), now);
		this.crew.remove(link);
	}

	/** What a worker is told first. For the process thread. */
	Frame.Boot boot(WorkerLink link, RuntimeDirectory directory) {
		return this.crew.boot(link, directory);
	}

	/** A worker has left in order. For the process thread. */
	void loaded(List<String> classes) {
		post((decisions, now) -> this.crew.loaded(classes));
	}

	PoolDecisions decisions() {
		return this.decisions;
	}

	/** The selector of this run of the thread. */
	Selector selector() {
		Selector open = this.selector;
		if (open == null) {
			try {
				open = Selector.open();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.selector = open;
		}
		return open;
	}

	/** Whether the thread may end: the queue is terminated and nothing is left to do. */
	private boolean isOver() {
		if (!this.decisions.isTerminated()) {
			return false;
		}
		if (this.cancelled >= 0) {
			long count = this.cancelled;
			this.cancelled = -1;
			this.crew.close(() -> this.onTerminated.accept(count));
		}
		if (this.inbox.isEmpty()) {
			closeSelector();
		}
		synchronized (this) {
			// In this order: whoever posts now either sees no thread, or is seen here
			this.running = false;
			this.running = !this.inbox.isEmpty();
			return !this.running;
		}
	}

	private void closeSelector() {
		Selector open = this.selector;
		this.selector = null;
		try {
			if (open != null) {
				open.close();
			}
		}
		catch (IOException ex) {
			// Closed as far as it can be
		}
	}

	private synchronized void startThread() {
		if (!this.running) {
			this.running = true;
			DaemonThreads.create("taskqueue-" + this.queue + "-supervisor", this).start();
		}
	}

}
