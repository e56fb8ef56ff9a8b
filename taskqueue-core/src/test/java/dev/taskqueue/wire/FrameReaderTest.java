package dev.taskqueue.wire;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameReaderTest {

	private static final int BUFFER = 64 << 10;

	private static final int LARGEST = 64 << 20;

	private final FrameReader reader = new FrameReader(LARGEST);

	private final List<Frame> frames = new ArrayList<>();

	private final List<Integer> sizes = new ArrayList<>();

	@Test
	void framesArriveByteByByte() throws IOException {
		Frame[] sent = SampleFrames.all().toArray(Frame[]::new);
		readAll(new Chunks(SampleFrames.bytes(sent), () -> 1));
		assertArrived(sent);
	}

	@Test
	void manyFramesArriveAtOnce() throws IOException {
		Frame[] sent = SampleFrames.all().toArray(Frame[]::new);
		byte[] bytes = SampleFrames.bytes(sent);
		int count = this.reader.read(new Chunks(bytes, () -> BUFFER), this::accept);
		assertThat(count).isEqualTo(bytes.length);
		assertThat(this.frames).hasSize(sent.length);
	}

	@Test
	void framesOfAllSizesArriveInChunksOfAllSizes() throws IOException {
		Random random = new Random(7);
		List<Frame> sent = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			sent.add(result(random.nextInt((i % 10 == 0) ? 300_000 : 2_000)));
		}
		readAll(new Chunks(SampleFrames.bytes(sent.toArray(Frame[]::new)), () -> 1 + random.nextInt(100_000)));
		assertArrived(sent.toArray(Frame[]::new));
		assertThat(this.sizes)
			.containsExactlyElementsOf(sent.stream().map((frame) -> SampleFrames.bytes(frame).length).toList());
	}

	@ParameterizedTest
	@ValueSource(ints = { -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5 })
	void framesAboutAsLargeAsTheBufferArrive(int difference) throws IOException {
		Frame large = result(BUFFER + difference - 13);
		Frame[] sent = { large, new Frame.Credit(1), large, large, new Frame.Credit(2) };
		byte[] bytes = SampleFrames.bytes(sent);
		assertThat(SampleFrames.bytes(large)).hasSize(BUFFER + difference);
		for (int chunk : new int[] { 7_777, BUFFER - 1, BUFFER, BUFFER + 1 }) {
			this.frames.clear();
			readAll(new Chunks(bytes, () -> chunk));
			assertArrived(sent);
		}
	}

	@Test
	void aFrameThatStartsAtAnyOffsetOfTheBufferArrives() throws IOException {
		for (int before = 0; before < 12; before++) {
			Frame[] sent = { result(BUFFER - 26 + before), result(100), result(BUFFER) };
			this.frames.clear();
			readAll(new Chunks(SampleFrames.bytes(sent), () -> BUFFER));
			assertArrived(sent);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000", "ffffffff", "80000000", "7fffffff", "04010001" })
	void aLengthThatIsNotAllowedIsRefusedBeforeAnythingIsRead(String length) {
		byte[] bytes = HexFormat.of().parseHex(length + "00");
		assertThatExceptionOfType(WireException.class).isThrownBy(() -> readAll(new Chunks(bytes, () -> BUFFER)))
			.withMessageContaining("allowed are 1 to 67174400");
	}

	@Test
	void aPayloadOfTheLargestSizeArrives() throws IOException {
		FrameReader small = new FrameReader(2 << 20);
		byte[] bytes = SampleFrames.bytes(result(2 << 20));
		Chunks chunks = new Chunks(bytes, () -> BUFFER);
		while (small.read(chunks, this::accept) >= 0) {
			// Until the end
		}
		assertThat(this.frames).hasSize(1);
	}

	@Test
	void theLimitCanBeRaised() throws IOException {
		FrameReader stranger = new FrameReader(0);
		byte[] bytes = SampleFrames.bytes(new Frame.Ready(), result(2 << 20));
		Chunks chunks = new Chunks(bytes, () -> 5);
		stranger.read(chunks, this::accept);
		stranger.maxPayload(2 << 20);
		while (stranger.read(chunks, this::accept) >= 0) {
			// Until the end
		}
		assertThat(this.frames).hasSize(2);
	}

	@Test
	void theEndBetweenFramesIsTheEnd() throws IOException {
		Chunks chunks = new Chunks(SampleFrames.bytes(new Frame.Ready()), () -> BUFFER);
		assertThat(this.reader.read(chunks, this::accept)).isEqualTo(5);
		assertThat(this.reader.read(chunks, this::accept)).isEqualTo(-1);
	}

	@Test
	void theEndInsideAFrameIsAnError() {
		for (Frame frame : List.of(result(10), result(BUFFER * 3))) {
			byte[] bytes = SampleFrames.bytes(frame);
			for (int end : new int[] { 1, 3, 4, 5, bytes.length / 2, bytes.length - 1 }) {
				byte[] cut = java.util.Arrays.copyOf(bytes, end);
				FrameReader fresh = new FrameReader(LARGEST);
				Chunks chunks = new Chunks(cut, () -> BUFFER);
				assertThatExceptionOfType(EOFException.class).as("cut at %d", end).isThrownBy(() -> {
					while (fresh.read(chunks, this::accept) >= 0) {
						// Until the end
					}
				});
			}
		}
		assertThat(this.frames).isEmpty();
	}

	@Test
	void aReadOfNothingIsNothing() throws IOException {
		assertThat(this.reader.read(new Chunks(new byte[5], () -> 0), this::accept)).isZero();
	}

	@Test
	void aHeaderThatPromisesMuchCostsNothing() throws IOException {
		byte[] bytes = HexFormat.of().parseHex("03000000" + "04" + "00".repeat(100));
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		this.reader.read(new Chunks(bytes, () -> BUFFER), this::accept);
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
	}

	/** By their bytes: maps come back in another order than they were sent in. */
	private void assertArrived(Frame... sent) {
		assertThat(this.frames).hasSize(sent.length);
		for (int i = 0; i < sent.length; i++) {
			assertThat(this.frames.get(i)).hasSameClassAs(sent[i]);
			assertThat(FrameCodec.payload(this.frames.get(i))).isEqualTo(FrameCodec.payload(sent[i]));
			assertThat(SampleFrames.bytes(this.frames.get(i))).hasSameSizeAs(SampleFrames.bytes(sent[i]));
		}
	}

	private static Frame result(int payload) {
		byte[] bytes = new byte[payload];
		new Random(payload).nextBytes(bytes);
		return new Frame.Result(payload, bytes);
	}

	private void readAll(ReadableByteChannel channel) throws IOException {
		while (this.reader.read(channel, this::accept) >= 0) {
			// Until the end
		}
	}

	private void accept(Frame frame, int bytes) {
		this.frames.add(frame);
		this.sizes.add(bytes);
	}

	/** A channel that gives as many bytes at a time as it is told. */
	record Chunks(ByteBuffer bytes, IntSupplier chunk) implements ReadableByteChannel {

		Chunks(byte[] bytes, IntSupplier chunk) {
			this(ByteBuffer.wrap(bytes), chunk);
		}

		@Override
		public int read(ByteBuffer target) {
			if (!this.bytes.hasRemaining()) {
				return -1;
			}
			int count = Math.min(Math.min(this.chunk.getAsInt(), target.remaining()), this.bytes.remaining());
			target.put(this.bytes.slice(this.bytes.position(), count));
			this.bytes.position(this.bytes.position() + count);
			return count;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
			// Nothing is held
		}

	}

}
