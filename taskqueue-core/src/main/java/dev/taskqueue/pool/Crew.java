package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import dev.taskqueue.TaskQueueException;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage;
import dev.taskqueue.wire.TaskPage.Claim;
import dev.taskqueue.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the decisions' effects real: the links to the workers, their launches and kills.
 * Owned by the supervisor; what may block is handed to other threads.
 */
final class Crew implements Effects, Reception.Host, TaskExchange.Host {

	/** Of 64 kB each, before a worker that never stops talking is left for later. */
	private static final int MOST_READS = 2048;

	/**
	 * Bytes of log events a worker may have under way: its credit, what it gets when it
	 * leaves, and one event of the largest size more.
	 */
	private static final long MOST_LOGGED = 3 * Frame.LOG_CREDIT + (8L << 20);

	private final PoolSettings settings;

	private final Supervisor supervisor;

	private final LongConsumer onTerminated;

	private final LogRelay relay;

	private final ListenerRelay listeners;

	private final LevelWatch levels;

	private final WorkerCommand command;

	private final ExecutorService blocking;

	private final SecureRandom random = new SecureRandom();

	private final Map<Integer, WorkerLink> links = new HashMap<>();

	/** Links with frames that were not handed to the channel yet. */
	private final List<WorkerLink> unflushed = new ArrayList<>();

	private final ForwardedAdds adds;

	private final TaskExchange exchange = new TaskExchange(this);

	private final WarmUp warmUp;

	private final ArchivePlan archivePlan;

	private @Nullable Session session;

	private @Nullable Reception reception;

	Crew(PoolSettings settings, Supervisor supervisor, LongConsumer onTerminated) {
		this.settings = settings;
		this.supervisor = supervisor;
		this.onTerminated = onTerminated;
		this.relay = new LogRelay(settings.name(),
				(link, bytes) -> supervisor.post((decisions, now) -> credit(link, bytes)));
		this.listeners = new ListenerRelay(settings.name(), settings.listeners());
		this.levels = new LevelWatch(settings.name(), this.relay::levels, (levels) -> supervisor
			.post((decisions, now) -> this.links.values().forEach((link) -> send(link, new Frame.Levels(levels)))));
		this.warmUp = new WarmUp(settings);
		this.command = new WorkerCommand(settings);
		this.archivePlan = new ArchivePlan(settings, this.command, this::inBackground);
		this.adds = new ForwardedAdds(settings, supervisor::post, this::send);
		this.blocking = DaemonThreads.unbounded("taskqueue-" + settings.name() + "-process");
	}

	/** Completed when everything noticed so far is logged and told. */
	CompletableFuture<Void> flushed() {
		return CompletableFuture.allOf(this.relay.flushed(), this.listeners.flushed());
	}

	void open(Session opened, Selector selector) {
		try {
			if (this.reception != null) {
				this.reception.close();
			}
			this.session = opened;
			this.levels.start();
			this.reception = new Reception(opened.server(), selector, this.settings.limits().maxPayload(), this);
		}
		catch (IOException ex) {
			throw new IllegalStateException("a new channel cannot be registered", ex);
		}
	}

	/**
	 * The queue is terminated: nothing of it stays. {@code then} runs when it is gone.
	 */
	void close(Runnable then) {
		Session last = this.session;
		if (this.reception != null) {
			this.reception.close();
		}
		ArchiveTraining training = this.archivePlan.end();
		this.reception = null;
		this.session = null;
		this.levels.stop();
		Runnable end = () -> {
			try {
				if (training != null) {
					training.close();
				}
				if (last != null) {
					last.close();
				}
			}
			finally {
				then.run(); // somebody waits for it, whatever has become of the files
			}
		};
		inBackground(end, (ex) -> end.run());
	}

	Frame.Boot boot(WorkerLink link, RuntimeDirectory directory) {
		link.levels = this.levels.known();
		return new Frame.Boot(link.id, link.secret, directory.socket().toString(), directory.page(link.id).toString(),
				this.settings.name(), this.settings.limits().maxPayload(), this.settings.worker().systemProperties(),
				link.levels, this.settings.beans().frame(), this.warmUp.payload());
	}

	TaskExchange exchange() {
		return this.exchange;
	}

	// From the channels

	void ready(WorkerLink link, SelectionKey key, PoolDecisions decisions, long now) {
		if (key.isValid() && key.isReadable()) {
			read(link, decisions, now);
		}
		if (key.isValid() && key.isWritable()) {
			flush(link, decisions, now);
		}
	}

	/**
	 * A worker has rung, or its bell has ended: what the channel holds came before that.
	 */
	void rung(WorkerLink link, PoolDecisions decisions, long now) {
		try {
			if (link.hearBell()) {
				return;
			}
		}
		catch (IOException ex) {
			// As its end
		}
		readAll(link, decisions, now);
		disconnected(link, decisions, now);
	}

	/**
	 * Read everything a worker has left in its channel and its ring, and close it.
	 */
	void drain(WorkerLink link, PoolDecisions decisions, long now) {
		while (read(link, decisions, now) > 0) {
			// Until nothing more comes
		}
		this.exchange.read(link, MOST_READS);
		link.close();
	}

	/** Read all channels until they are empty: what they hold came before now. */
	void catchUp(PoolDecisions decisions, long now) {
		for (WorkerLink link : List.copyOf(this.links.values())) {
			readAll(link, decisions, now);
			this.exchange.read(link, MOST_READS);
		}
	}

	void remove(WorkerLink link) {
		this.links.remove(link.id);
		this.exchange.links(this.links.values());
	}

	void flush(PoolDecisions decisions, long now) {
		for (WorkerLink link : this.unflushed) {
			flush(link, decisions, now);
		}
		this.unflushed.clear();
		this.exchange.flush();
	}

	@Override
	public void outcome(WorkerLink link, Frame frame) throws WireException {
		PoolDecisions decisions = this.supervisor.decisions();
		if (frame instanceof Frame.Result result) {
			this.warmUp.returned(result.payload());
			decisions.result(link.id, result, System.nanoTime());
		}
		else if (frame instanceof Frame.Failure failure) {
			decisions.failure(link.id, failure, System.nanoTime());
		}
		else {
			throw new WireException("a worker does not send " + frame.getClass().getSimpleName() + " through its ring");
		}
	}

	/** What the worker put into its ring came before the end of its channel. */
	private void disconnected(WorkerLink link, PoolDecisions decisions, long now) {
		this.exchange.read(link, MOST_READS);
		link.close();
		decisions.disconnected(link.id, now);
	}

	private void readAll(WorkerLink link, PoolDecisions decisions, long now) {
		for (int i = 0; i < MOST_READS && read(link, decisions, now) > 0; i++) {
			// Until nothing more comes, or somebody never stops
		}
	}

	private int read(WorkerLink link, PoolDecisions decisions, long now) {
		if (!link.isAttached()) {
			return -1;
		}
		try {
			int count = link.read((frame, bytes) -> frame(link, frame, bytes));
			if (count < 0) {
				disconnected(link, decisions, now);
			}
			return count;
		}
		catch (IOException ex) {
			failed(link, ex);
			return -1;
		}
	}

	@Override
	public void failed(WorkerLink link, IOException how) {
		PoolDecisions decisions = this.supervisor.decisions();
		if (how instanceof WireException) {
			link.close();
			decisions.corrupt(link.id, String.valueOf(how.getMessage()), System.nanoTime());
		}
		else {
			disconnected(link, decisions, System.nanoTime());
		}
	}

	private void flush(WorkerLink link, PoolDecisions decisions, long now) {
		try {
			link.flush();
		}
		catch (IOException ex) {
			// It reads no more, but what it has written is still to be read
			decisions.disconnected(link.id, now);
		}
	}

	@Override
	public @Nullable WorkerLink identify(Frame.Hello hello) {
		WorkerLink link = this.links.get(hello.worker());
		boolean known = link != null && !link.isAttached() && MessageDigest.isEqual(link.secret, hello.secret());
		return known ? link : null;
	}

	@Override
	public @Nullable WorkerLink identify(Frame.Bell bell) {
		WorkerLink link = this.links.get(bell.worker());
		// It may come before the HELLO
		boolean known = link != null && !link.hasBell() && MessageDigest.isEqual(link.secret, bell.secret());
		return known ? link : null;
	}

	@Override
	public void frame(WorkerLink link, Frame frame, int bytes) throws WireException {
		PoolDecisions decisions = this.supervisor.decisions();
		long now = System.nanoTime();
		if (frame instanceof Frame.Log log) {
			link.logged += bytes;
			if (link.logged > MOST_LOGGED) {
				throw new WireException(link.logged + " bytes of log events beyond its credit");
			}
			if (log.logger().equals(Frame.Log.STANDARD_ERROR)) {
				link.errors.add(log.message());
			}
			else if (!log.logger().equals(Frame.Log.STANDARD_OUTPUT)) {
				this.warmUp.logged();
			}
			this.relay.frame(link, log, bytes);
		}
		else if (frame instanceof Frame.Hello) {
			// Not the pid it says, which is another one in a container of its own
			decisions.hello(link.id, link.pid);
			if (!link.levels.equals(this.levels.known())) {
				send(link, new Frame.Levels(this.levels.known())); // changed while it
																	// started
			}
		}
		else if (frame instanceof Frame.Ready) {
			link.wasReady = true;
			link.startReport = null;
			decisions.ready(link.id, now);
			this.archivePlan.ready(this.session);
		}
		else if (frame instanceof Frame.CannotStart failed && !link.wasReady) {
			link.startReport = failed.text();
		}
		else if (frame instanceof Frame.Stack stack && stack.task() == 0) {
			if (!link.wasReady) {
				link.startReport = "its start was here:\n" + stack.text();
			}
		}
		else if (frame instanceof Frame.Stack stack) {
			decisions.stack(link.id, stack);
		}
		else if (frame instanceof Frame.Progress progress) {
			decisions.progress(link.id, progress);
		}
		else if (frame instanceof Frame.Add add && this.settings.beans().context() != null) {
			this.adds.request(link, add);
		}
		else if (!(frame instanceof Frame.Goodbye)) {
			throw new WireException("a worker does not send " + frame.getClass().getSimpleName());
		}
	}

	@Override
	public void turnedAway(String why) {
		notice(new Notice.StrangerTurnedAway(why));
	}

	// Effects

	@Override
	public void launch(int worker, boolean ahead) {
		Session open = intactSession();
		byte[] secret = new byte[Frame.SECRET_LENGTH];
		this.random.nextBytes(secret);
		WorkerLink link = new WorkerLink(worker, secret, ahead);
		this.links.put(worker, link);
		this.exchange.links(this.links.values());
		inBackground(new WorkerProcess(link, this.command, open, this.relay, this.supervisor), (ex) -> this.supervisor
			.post((decisions, now) -> this.supervisor.ended(link, ProcessEnd.notStarted(ex.toString()), now)));
	}

	@Override
	public void hurry(int worker) {
		ProcessorShare share = link(worker).share;
		if (share != null) {
			inBackground(share::restore);
		}
	}

	@Override
	public int slots() {
		return TaskPage.SLOTS;
	}

	@Override
	public void send(int worker, PoolTask task) {
		WorkerLink link = link(worker);
		int slot = task.placed().slot;
		byte[] payload = task.payload();
		this.warmUp.sent(payload, task.handle.taskClass());
		link.page().sent(slot, task.id());
		this.exchange.send(link, new Frame.Run(task.id(), slot, task.callable, task.attempt + 1,
				task.spec.limits().first(), task.mdc, payload));
	}

	@Override
	public void runs(int worker, long task) {
		link(worker).currentTask = task;
	}

	@Override
	public void interrupt(int worker, PoolTask task) {
		send(link(worker), new Frame.Interrupt(task.id()));
	}

	@Override
	public void dump(int worker, PoolTask task) {
		send(link(worker), new Frame.Dump(task.id()));
	}

	@Override
	public void dumpStart(int worker) {
		send(link(worker), new Frame.Dump(0));
	}

	@Override
	public boolean recall(int worker, PoolTask task) {
		try {
			return link(worker).page().recall(task.placed().slot, task.id());
		}
		catch (InternalError ex) {
			return false; // a worker has cut the file
		}
	}

	@Override
	public Claim claim(int worker, PoolTask task) {
		try {
			return link(worker).page().claim(task.placed().slot, task.id());
		}
		catch (InternalError ex) {
			return Claim.NONE; // a worker has cut the file
		}
	}

	@Override
	public long residentBytes(int worker) {
		return ProcessMemory.resident(link(worker).pid);
	}

	@Override
	public void stop(int worker) {
		// What it has not been allowed to log yet, it may now: nothing will follow
		send(link(worker), new Frame.Credit(2 * Frame.LOG_CREDIT));
		send(link(worker), new Frame.Stop());
	}

	@Override
	public void kill(int worker) {
		// Where it cannot be done now, the decisions do it again
		inBackground(link(worker)::kill);
	}

	@Override
	public void notice(Notice notice) {
		if (notice instanceof Notice.LaunchFailed) {
			this.archivePlan.distrust();
		}
		this.relay.notice(notice);
		this.listeners.notice(notice);
	}

	@Override
	public void terminated(long cancelled) {
		this.onTerminated.accept(cancelled);
	}

	/**
	 * A worker has left in order, and these are the classes it did not find in an
	 * archive.
	 */
	void loaded(List<String> classes) {
		this.archivePlan.left(classes, this.session);
	}

	private void inBackground(Runnable work) {
		inBackground(work, (ex) -> notice(new Notice.Fault(ex)));
	}

	/** The machine may have no thread left for it. */
	private void inBackground(Runnable work, Consumer<OutOfMemoryError> otherwise) {
		try {
			this.blocking.execute(work);
		}
		catch (OutOfMemoryError ex) {
			otherwise.accept(ex);
		}
	}

	/** A new one, if somebody has cleaned up the temporary directory. */
	private Session intactSession() {
		Session open = this.session;
		if (open == null) {
			throw new IllegalStateException("a launch without a session");
		}
		if (open.isIntact()) {
			return open;
		}
		try {
			Session renewed = open.renewed(this.settings.name());
			open(renewed, this.supervisor.selector());
			return renewed;
		}
		catch (TaskQueueException ex) {
			notice(new Notice.Fault(ex));
			return open; // the launch fails, and is tried again
		}
	}

	private void credit(WorkerLink link, int bytes) {
		link.logged -= bytes;
		send(link, new Frame.Credit(bytes));
	}

	private void send(WorkerLink link, Frame frame) {
		link.send(frame);
		this.unflushed.add(link);
	}

	private WorkerLink link(int worker) {
		WorkerLink link = this.links.get(worker);
		if (link == null) {
			throw new IllegalStateException("worker #" + worker + " is gone");
		}
		return link;
	}

}
