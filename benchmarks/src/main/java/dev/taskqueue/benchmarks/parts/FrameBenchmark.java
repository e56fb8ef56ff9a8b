package dev.taskqueue.benchmarks.parts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameCodec;
import dev.taskqueue.wire.FrameWriter;
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
 * Frames to bytes and back: those of a task, of its result, and of a log line.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class FrameBenchmark {

	private final Frame run = new Frame.Run(1, 0, false, 1, 0, Map.of(), new byte[100]);

	private final Frame result = new Frame.Result(1, new byte[0]);

	private final Frame log = new Frame.Log(1, 20, 1_800_000_000_000L, "com.acme.shop.Invoices", "task",
			"Invoice 4711 was sent to its customer", null, Map.of());

	private final FrameWriter writer = new FrameWriter();

	private final WritableByteChannel nowhere = Channels.newChannel(OutputStream.nullOutputStream());

	private ByteBuffer runBytes = ByteBuffer.allocate(0);

	private ByteBuffer resultBytes = ByteBuffer.allocate(0);

	private ByteBuffer logBytes = ByteBuffer.allocate(0);

	/**
	 * The bytes to be decoded.
	 */
	@Setup
	public void encode() throws IOException {
		this.runBytes = body(this.run);
		this.resultBytes = body(this.result);
		this.logBytes = body(this.log);
	}

	/**
	 * Encode RUN.
	 * @return its bytes
	 */
	@Benchmark
	public int encodeRun() throws IOException {
		return written(this.run);
	}

	/**
	 * Encode RESULT.
	 * @return its bytes
	 */
	@Benchmark
	public int encodeResult() throws IOException {
		return written(this.result);
	}

	/**
	 * Encode LOG.
	 * @return its bytes
	 */
	@Benchmark
	public int encodeLog() throws IOException {
		return written(this.log);
	}

	/**
	 * Decode RUN.
	 * @return the frame
	 */
	@Benchmark
	public Frame decodeRun() throws IOException {
		return FrameCodec.decode(this.runBytes.rewind());
	}

	/**
	 * Decode RESULT.
	 * @return the frame
	 */
	@Benchmark
	public Frame decodeResult() throws IOException {
		return FrameCodec.decode(this.resultBytes.rewind());
	}

	/**
	 * Decode LOG.
	 * @return the frame
	 */
	@Benchmark
	public Frame decodeLog() throws IOException {
		return FrameCodec.decode(this.logBytes.rewind());
	}

	/** Into the writer's buffer, and out of it to nowhere. */
	private int written(Frame frame) throws IOException {
		int bytes = this.writer.add(frame);
		this.writer.flush(this.nowhere);
		return bytes;
	}

	/** Type and body, without the length before them. */
	private static ByteBuffer body(Frame frame) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		FrameWriter writer = new FrameWriter();
		writer.add(frame);
		writer.flush(Channels.newChannel(bytes));
		return ByteBuffer.wrap(bytes.toByteArray()).position(Integer.BYTES).slice();
	}

}
