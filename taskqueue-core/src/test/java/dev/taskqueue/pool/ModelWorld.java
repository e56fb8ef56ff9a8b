package dev.taskqueue.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.taskqueue.CrashReason;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A world in which anything may happen at any time, but what happens is possible:
 * processes answer, stall, break and end, callers add and cancel, time passes.
 */
final class ModelWorld {

	final Gate gate = new Gate("model", 30);

	private final Random random;

	private final PoolDecisions decisions;

	private final ModelRules rules;

	private final ModelProcesses processes;

	private final List<PoolTask> all = new ArrayList<>();

	private final ArrayDeque<PoolTask> underWay = new ArrayDeque<>();

	private final ArrayDeque<String> history = new ArrayDeque<>();

	private boolean closed;

	private int terminations;

	private long now;

	ModelWorld(Random random) {
		this.random = random;
		this.now = random.nextLong();
		int workerCount = 1 + random.nextInt(5);
		int requests = random.nextInt(4) * random.nextInt(4);
		this.processes = new ModelProcesses(random, requests);
		PoolSettings settings = new PoolSettings("model", new PoolSettings.Limits(workerCount, requests, 30, 1 << 20),
				Duration.ofSeconds(5), TaskOptions.defaults(), worker(random), null, List.of(),
				random.nextBoolean() ? BeanSettings.NONE : new BeanSettings(Map.of(), null, Set.of(), (name) -> null));
		this.decisions = new PoolDecisions(settings, this.gate, 1 + random.nextInt(4), random::nextInt, this.processes);
		this.rules = new ModelRules(this.gate, this.processes, this.all, this.underWay, workerCount);
	}

	private static WorkerOptions worker(Random random) {
		WorkerOptions options = WorkerOptions.defaults().withStartupTimeout(Duration.ofSeconds(5));
		options = (random.nextInt(3) == 0) ? options.withMaxAge(Duration.ofSeconds(1 + random.nextInt(20))) : options;
		return (random.nextInt(3) == 0) ? options.withMaxMemory((40L + random.nextInt(60)) << 20) : options;
	}

	// Events

	void randomEvent() {
		happen();
		if (this.random.nextInt(3) > 0) {
			this.decisions.proceed(this.now); // or several events come at once
		}
	}

	private void happen() {
		switch (this.random.nextInt(28)) {
			case 24, 25 -> anyProcess(this::end);
			case 26, 27 -> anyProcess((id) -> {
				begin(id);
				end(id);
			});
			case 0, 1, 2, 3, 4 -> addOne();
			case 5, 6, 7 -> arriveOne();
			case 8 -> cancelOne();
			case 9, 10, 11 -> anyProcess(this::becomeReady);
			case 12, 13, 14 -> anyProcess(this::begin);
			case 15, 16, 17 -> anyProcess(this::answer);
			case 18 -> anyProcess(this::exit);
			case 19 -> anyProcess(this::breakChannel);
			case 20 -> pass(this.random.nextInt(3) == 0 ? 7_000_000_000L : this.random.nextInt(300_000_000));
			case 21 -> pauseOrResume();
			case 22 -> startOne();
			default -> terminateSometimes();
		}
	}

	/** From here on everybody does what is expected, until nothing is left to do. */
	void endWell() {
		note("end well");
		while (!this.underWay.isEmpty()) {
			arriveOne();
		}
		this.decisions.resume();
		if (!this.closed) {
			this.decisions.start(this.now);
			behaveUntil(() -> this.gate.length() == 0);
			assertThat(this.gate.length()).as("tasks nobody runs").isZero();
			terminate(60_000_000_000L);
		}
		behaveUntil(this.decisions::isTerminated);
		assertThat(this.processes.terminated).as("terminations ended").isEqualTo(this.terminations);
	}

	private void behaveUntil(BooleanSupplier end) {
		for (int turn = 0; turn < 500 && !end.getAsBoolean(); turn++) {
			List.copyOf(this.processes.alive.keySet()).forEach(this::behave);
			this.decisions.proceed(this.now);
			pass(200_000_000);
			this.decisions.proceed(this.now);
			check();
		}
	}

	private void behave(int id) {
		becomeReady(id);
		begin(id);
		end(id);
		answer(id);
		ModelProcesses.Model process = this.processes.alive.get(id);
		if (process != null && (process.leaving || process.disconnected)) {
			exit(id);
		}
	}

	private void addOne() {
		if (this.closed || this.gate.length() >= 25) {
			return;
		}
		TaskOptions options = TaskOptions.defaults().priority(this.random.nextInt(3));
		options = (this.random.nextInt(4) == 0) ? options.delay(Duration.ofMillis(this.random.nextInt(2000))) : options;
		options = (this.random.nextInt(4) == 0) ? options.timeout(Duration.ofMillis(500)) : options;
		options = (this.random.nextInt(4) == 0) ? options.queueTimeout(Duration.ofMillis(900)) : options;
		options = (this.random.nextInt(4) == 0)
				? options.softTimeout(Duration.ofMillis(300)).grace(Duration.ofMillis(this.random.nextInt(300)))
				: options;
		options = (this.random.nextInt(3) == 0)
				? options.maxAttempts(2 + this.random.nextInt(2)).backoff(Duration.ofMillis(this.random.nextInt(1000)))
				: options;
		TaskSpec spec = TaskSpec.of(options);
		PoolHandle.Context context = new PoolHandle.Context("model", Runnable::run, (task) -> {
		}, null);
		PoolHandle<?> handle = new PoolHandle<Object>(context, this.gate.enter(), "a task", ModelWorld.class, null,
				(spec.delay() > 0) ? TaskState.DELAYED : TaskState.WAITING);
		PoolTask task = new PoolTask(handle, spec, false, Map.of(), new byte[1], this.now);
		handle.pending(task);
		this.all.add(task);
		this.underWay.add(task);
		note("add " + task.id() + " " + spec);
	}

	private void arriveOne() {
		PoolTask task = this.underWay.poll();
		if (task != null) {
			note("arrive " + task.id());
			this.decisions.added(task, this.now);
		}
	}

	/** Mostly one that can still be cancelled. */
	private void cancelOne() {
		List<PoolTask> tasks = (this.random.nextInt(4) == 0) ? this.all : unfinished();
		PoolTask task = tasks.isEmpty() ? null : tasks.get(this.random.nextInt(tasks.size()));
		if (task != null && !this.underWay.contains(task)) {
			note("cancel " + task.id());
			this.processes.cancelled.add(task);
			this.decisions.cancel(task, this.now);
		}
	}

	private void anyProcess(java.util.function.IntConsumer event) {
		List<Integer> ids = List.copyOf(this.processes.alive.keySet());
		if (!ids.isEmpty()) {
			event.accept(ids.get(this.random.nextInt(ids.size())));
		}
	}

	private void becomeReady(int id) {
		ModelProcesses.Model process = this.processes.alive.get(id);
		if (process != null && !process.ready && !process.disconnected) {
			note("ready #" + id);
			process.ready = true;
			this.decisions.hello(id, id);
			this.decisions.ready(id, this.now);
		}
	}

	private void begin(int id) {
		ModelProcesses.Model process = this.processes.alive.get(id);
		if (process != null) {
			note("begin #" + id);
			this.processes.begin(process);
		}
	}

	private void answer(int id) {
		ModelProcesses.Model process = this.processes.alive.get(id);
		if (process == null || process.disconnected) {
			return;
		}
		read(id, process, 1 + this.random.nextInt(3));
	}

	/** The pool reads outcomes. */
	private void read(int id, ModelProcesses.Model process, int most) {
		for (int i = 0; i < most && !process.ring.isEmpty(); i++) {
			Frame outcome = process.ring.remove();
			if (outcome instanceof Frame.Failure failure) {
				note("failure " + failure.task() + " #" + id);
				this.decisions.failure(id, failure, this.now);
			}
			else if (outcome instanceof Frame.Result result) {
				note("result " + result.task() + " #" + id);
				this.decisions.result(id, result, this.now);
			}
		}
	}

	private void end(int id) {
		ModelProcesses.Model process = this.processes.alive.get(id);
		if (process != null) {
			note("end #" + id);
			this.processes.end(process);
		}
	}

	private void exit(int id) {
		ModelProcesses.Model process = this.processes.alive.get(id);
		if (process != null) {
			read(id, process, Integer.MAX_VALUE);
		}
		note("exit #" + id);
		this.decisions.exited(id, new ProcessEnd(CrashReason.EXITED, id, 0, null, List.of(), null), this.now);
		this.processes.alive.remove(id);
	}

	private void breakChannel(int id) {
		ModelProcesses.Model process = this.processes.alive.get(id);
		if (process != null && !process.disconnected) {
			process.disconnected = true;
			if (this.random.nextBoolean()) {
				note("disconnected #" + id);
				this.decisions.disconnected(id, this.now);
			}
			else {
				note("corrupt #" + id);
				this.decisions.corrupt(id, "nonsense", this.now);
			}
		}
	}

	private void pass(long nanos) {
		note("pass " + nanos / 1_000_000 + " ms");
		this.now += nanos;
		this.processes.alive.forEach((id, process) -> read(id, process, Integer.MAX_VALUE));
		this.decisions.tick(this.now);
	}

	private void pauseOrResume() {
		if (this.random.nextInt(3) == 0) {
			note("pause");
			this.decisions.pause();
		}
		else {
			note("resume");
			this.decisions.resume();
		}
	}

	/** As the queue does it: never while a termination is under way. */
	private void startOne() {
		if (!this.closed || this.decisions.isTerminated()) {
			note("start");
			this.closed = false;
			this.gate.open();
			this.decisions.start(this.now);
		}
	}

	private void terminateSometimes() {
		if (!this.closed && this.random.nextInt(4) == 0) {
			terminate(this.random.nextInt(3) * 1_000_000_000L);
		}
	}

	private void terminate(long timeout) {
		note("terminate " + timeout / 1_000_000);
		this.closed = true;
		this.terminations++;
		this.gate.close();
		this.decisions.terminate(this.now + timeout, this.now);
	}

	// What is seen

	void check() {
		this.rules.check(this.decisions.snapshot(this.now, Instant.EPOCH));
	}

	/** Do what was not done yet: then nobody waits without need. */
	void proceed() {
		this.decisions.proceed(this.now);
		this.rules.work(this.decisions.snapshot(this.now, Instant.EPOCH));
	}

	List<PoolTask> unfinished() {
		return this.all.stream().filter((task) -> !task.handle.state().isFinal()).toList();
	}

	int processes() {
		return this.processes.alive.size();
	}

	/** The last events, newest last. */
	String history() {
		return String.join("; ", this.history);
	}

	private void note(String event) {
		this.history.addLast(event);
		if (this.history.size() > 60) {
			this.history.removeFirst();
		}
	}

}
