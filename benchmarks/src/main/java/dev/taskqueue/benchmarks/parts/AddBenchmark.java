package dev.taskqueue.benchmarks.parts;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.Task;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The door: what {@code add} does in its caller's thread, which is to serialize the task,
 * pass the gate and post it. The queue is not started, so nothing else happens.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class AddBenchmark {

	/** What the task carries. Much more would fill the heap before the time is over. */
	@Param({ "0", "1024" })
	public int bytes;

	private Task task = new Carrying(new byte[0]);

	private @Nullable TaskQueue queue;

	/**
	 * An empty queue.
	 */
	@Setup(Level.Iteration)
	public void open() {
		this.task = new Carrying(new byte[this.bytes]);
		this.queue = TaskQueue.builder().build();
	}

	/**
	 * Forget the tasks.
	 */
	@TearDown(Level.Iteration)
	public void close() {
		if (this.queue != null) {
			this.queue.terminate(Duration.ZERO);
		}
	}

	/**
	 * Add one.
	 * @return its handle
	 */
	@Benchmark
	public @Nullable TaskHandle<@Nullable Void> add() {
		return (this.queue != null) ? this.queue.add(this.task) : null;
	}

	/** Does nothing with its bytes. */
	@SuppressWarnings("ArrayRecordComponent") // nobody compares them
	private record Carrying(byte[] bytes) implements Task {

		@Override
		public void run() {
			// Nothing
		}

	}

}
