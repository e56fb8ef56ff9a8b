package dev.taskqueue.wire;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the bytes are: a frame or an {@link IOException}, and little memory.
 */
class FrameFuzzTest {

	private static final int[] INTERESTING = { 0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 255 };

	private static final int FRAMES = 1_000_000;

	private static final long SEED = Long.getLong("taskqueue.seed", 20_240_229);

	private final Random random = new Random(SEED);

	private final List<byte[]> frames = SampleFrames.all().stream().map((frame) -> SampleFrames.bytes(frame)).toList();

	@Test
	void aMillionMutatedBodiesDecodeOrAreRefused() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		int decoded = 0;
		for (int i = 0; i < FRAMES; i++) {
			byte[] frame = mutated();
			byte[] body = Arrays.copyOfRange(frame, Math.min(4, frame.length), frame.length);
			long before = threads.getCurrentThreadAllocatedBytes();
			decoded += decode(body) ? 1 : 0;
			if (i > 1_000 && threads.getCurrentThreadAllocatedBytes() - before > 64 << 10) {
				throw new AssertionError("too much memory for " + hex(body) + ", seed " + SEED);
			}
		}
		assertThat(decoded).isBetween(FRAMES / 10, FRAMES / 10 * 9);
	}

	@Test
	void streamsOfMutatedFramesAreReadOrRefused() {
		for (int i = 0; i < 20_000; i++) {
			byte[] first = mutated();
			byte[] second = mutated();
			byte[] stream = Arrays.copyOf(first, first.length + second.length);
			System.arraycopy(second, 0, stream, first.length, second.length);
			FrameReaderTest.Chunks channel = new FrameReaderTest.Chunks(stream, () -> 1 + this.random.nextInt(200));
			FrameReader reader = new FrameReader(1 << 20);
			try {
				while (reader.read(channel, (frame, bytes) -> assertThat(frame).isNotNull()) >= 0) {
					// Until the end
				}
			}
			catch (IOException ex) {
				// Refused
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError(hex(stream), ex);
			}
		}
	}

	private static boolean decode(byte[] body) {
		try {
			return FrameCodec.decode(ByteBuffer.wrap(body)) != null;
		}
		catch (WireException ex) {
			return false;
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError(hex(body), ex);
		}
	}

	private byte[] mutated() {
		byte[] bytes = this.frames.get(this.random.nextInt(this.frames.size())).clone();
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			int at = this.random.nextInt(bytes.length);
			switch (this.random.nextInt(4)) {
				case 0 -> bytes[at] = (byte) this.random.nextInt();
				case 1 -> bytes[at] ^= (byte) (1 << this.random.nextInt(8));
				case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, bytes.length + this.random.nextInt(9) - 4));
				default -> {
					if (bytes.length >= 4) {
						int value = INTERESTING[this.random.nextInt(INTERESTING.length)];
						ByteBuffer.wrap(bytes).putInt(Math.min(at, bytes.length - 4), value);
					}
				}
			}
		}
		return bytes;
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
