package dev.taskqueue.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.TaskPage.Claim;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the supervisor decides about a task that nothing happens to: it arrives, it is
 * sent to a worker, it has succeeded. The world does nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class DecisionBenchmark {

	private static final byte[] NOTHING = {};

	private static final int WORKERS = 2;

	private final Gate gate = new Gate("benchmark", 0);

	private final World world = new World();

	private final PoolDecisions decisions = new PoolDecisions(
			new PoolSettings("benchmark", new PoolSettings.Limits(WORKERS, 0, 0, 1 << 20), Duration.ofSeconds(5),
					TaskOptions.defaults(), WorkerOptions.defaults(), null, List.of()),
			this.gate, WORKERS, (bound) -> 0, this.world);

	private final PoolHandle.Context context = new PoolHandle.Context("benchmark", Runnable::run, (task) -> {
		// Nobody cancels
	}, null);

	private final TaskSpec spec = TaskSpec.of(TaskOptions.defaults());

	private long now;

	/**
	 * A pool whose workers are ready.
	 */
	@Setup
	public void start() {
		this.gate.open();
		this.decisions.start(this.now);
		for (int worker : List.copyOf(this.world.launched)) {
			this.decisions.hello(worker, worker);
			this.decisions.ready(worker, this.now);
		}
		this.decisions.proceed(this.now);
	}

	/**
	 * One task, from its arrival to its end.
	 * @return what the world was asked to do with it last
	 */
	@Benchmark
	public Object task() {
		this.now += 1000;
		PoolHandle<?> handle = new PoolHandle<Object>(this.context, this.gate.enter(), "a task",
				DecisionBenchmark.class, null, TaskState.WAITING);
		PoolTask task = new PoolTask(handle, this.spec, false, Map.of(), NOTHING, this.now);
		handle.pending(task);
		this.decisions.added(task, this.now);
		this.decisions.proceed(this.now);
		this.decisions.result(this.world.sentTo, new Frame.Result(task.id(), NOTHING), this.now);
		this.decisions.proceed(this.now);
		return handle;
	}

	/** Remembers what it takes to answer. */
	private static final class World implements Effects {

		private final List<Integer> launched = new ArrayList<>();

		private int sentTo;

		@Override
		public void launch(int worker, boolean ahead) {
			this.launched.add(worker);
		}

		@Override
		public void hurry(int worker) {
			// Nobody is launched ahead
		}

		@Override
		public void send(int worker, PoolTask task) {
			this.sentTo = worker;
		}

		@Override
		public int slots() {
			return 1;
		}

		@Override
		public void runs(int worker, long task) {
			// Nothing
		}

		@Override
		public void dumpStart(int worker) {
			// Nothing
		}

		@Override
		public boolean recall(int worker, PoolTask task) {
			return false;
		}

		@Override
		public void interrupt(int worker, PoolTask task) {
			// Nothing
		}

		@Override
		public void dump(int worker, PoolTask task) {
			// Nothing
		}

		@Override
		public Claim claim(int worker, PoolTask task) {
			return Claim.STARTED;
		}

		@Override
		public long residentBytes(int worker) {
			return -1;
		}

		@Override
		public void stop(int worker) {
			// Nothing
		}

		@Override
		public void kill(int worker) {
			// Nothing
		}

		@Override
		public void notice(Notice notice) {
			// Nobody listens
		}

		@Override
		public void terminated(long cancelled) {
			// Nobody waits
		}

	}

}
