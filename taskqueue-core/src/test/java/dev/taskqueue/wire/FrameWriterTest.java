package dev.taskqueue.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FrameWriterTest {

	private static final int BUFFER = 64 << 10;

	private final FrameWriter writer = new FrameWriter();

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	@Test
	void aNewWriterIsEmptyAndWritesNothing() throws IOException {
		assertThat(this.writer.isEmpty()).isTrue();
		assertThat(this.writer.flush(channel(() -> BUFFER))).isTrue();
		assertThat(this.written.size()).isZero();
	}

	@Test
	void addTellsTheBytesOnTheWire() {
		for (Frame frame : SampleFrames.all()) {
			assertThat(this.writer.add(frame)).isEqualTo(SampleFrames.bytes(frame).length);
		}
	}

	@Test
	void framesLeaveInOrder() throws IOException {
		Frame[] frames = SampleFrames.all().toArray(Frame[]::new);
		for (Frame frame : frames) {
			this.writer.add(frame);
		}
		assertThat(this.writer.isEmpty()).isFalse();
		assertThat(this.writer.flush(channel(() -> BUFFER))).isTrue();
		assertThat(this.writer.isEmpty()).isTrue();
		assertThat(this.written.toByteArray()).isEqualTo(SampleFrames.bytes(frames));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 1000, BUFFER - 1 })
	void aChannelThatTakesFewBytesGetsThemAll(int most) throws IOException {
		Frame[] frames = { large(BUFFER * 2 + 17), new Frame.Ready(), large(100) };
		for (Frame frame : frames) {
			this.writer.add(frame);
		}
		while (!this.writer.flush(channel(() -> most))) {
			assertThat(this.writer.isEmpty()).isFalse();
		}
		assertThat(this.writer.isEmpty()).isTrue();
		assertThat(this.written.toByteArray()).isEqualTo(SampleFrames.bytes(frames));
	}

	@Test
	void aChannelThatTakesNothingLeavesEverything() throws IOException {
		this.writer.add(new Frame.Ready());
		assertThat(this.writer.flush(channel(() -> 0))).isFalse();
		assertThat(this.writer.isEmpty()).isFalse();
		assertThat(this.writer.flush(channel(() -> BUFFER))).isTrue();
		assertThat(this.written.toByteArray()).isEqualTo(SampleFrames.bytes(new Frame.Ready()));
	}

	@ParameterizedTest
	@ValueSource(ints = { -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5 })
	void framesAboutAsLargeAsTheBufferLeaveWhole(int difference) throws IOException {
		Frame[] frames = { large(BUFFER + difference - 13), new Frame.Ready(), large(BUFFER + difference) };
		for (Frame frame : frames) {
			this.writer.add(frame);
		}
		assertThat(this.writer.flush(channel(() -> BUFFER))).isTrue();
		assertThat(this.written.toByteArray()).isEqualTo(SampleFrames.bytes(frames));
	}

	@ParameterizedTest
	@ValueSource(ints = { 20, 2000, 20_000 })
	void framesAddedBetweenPartialWritesComeAfter(int most) throws IOException {
		Random random = new Random(3);
		ByteArrayOutputStream expected = new ByteArrayOutputStream();
		for (int i = 0; i < 2000; i++) {
			Frame frame = large(random.nextInt(most));
			expected.writeBytes(SampleFrames.bytes(frame));
			this.writer.add(frame);
			this.writer.flush(channel(() -> random.nextInt(most)));
		}
		while (!this.writer.flush(channel(() -> 10_000))) {
			// Until everything is written
		}
		assertThat(this.written.toByteArray()).isEqualTo(expected.toByteArray());
	}

	@Test
	void aFrameThatCannotBeWrittenLeavesNothingBehind() throws IOException {
		Map<String, String> broken = new TreeMap<>(Map.of("key", "value")) {

			@Override
			public void forEach(BiConsumer<? super String, ? super String> action) {
				super.forEach(action);
				throw new IllegalStateException("broken");
			}

		};
		this.writer.add(new Frame.Stop());
		assertThatIllegalStateException().isThrownBy(() -> this.writer.add(new Frame.Levels(broken)));
		this.writer.add(new Frame.Ready());
		assertThat(this.writer.flush(channel(() -> BUFFER))).isTrue();
		assertThat(this.written.toByteArray()).isEqualTo(SampleFrames.bytes(new Frame.Stop(), new Frame.Ready()));
	}

	@Test
	void aChannelThatFailsIsReported() {
		this.writer.add(new Frame.Ready());
		assertThatIOException().isThrownBy(() -> this.writer.flush(channel(() -> {
			throw new IllegalStateException();
		}))).withMessage("broken");
	}

	private static Frame large(int payload) {
		byte[] bytes = new byte[payload];
		new Random(payload).nextBytes(bytes);
		return new Frame.Result(1, bytes);
	}

	private WritableByteChannel channel(IntSupplier most) {
		return new WritableByteChannel() {

			@Override
			public int write(ByteBuffer source) throws IOException {
				int count;
				try {
					count = Math.min(most.getAsInt(), source.remaining());
				}
				catch (IllegalStateException ex) {
					throw new IOException("broken", ex);
				}
				byte[] bytes = new byte[count];
				source.get(bytes);
				FrameWriterTest.this.written.writeBytes(bytes);
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

		};
	}

}
