package dev.taskqueue.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class RingsTest {

	private static final int CAPACITY = 1 << 20;

	@TempDir
	Path directory;

	private Path file;

	private Rings parent;

	private Rings worker;

	@BeforeEach
	void map() throws IOException {
		this.file = this.directory.resolve("page");
		TaskPage.create(this.file);
		this.parent = Rings.ofParent(this.file);
		this.worker = Rings.ofWorker(this.file);
	}

	@Test
	void eachReadsWhatTheOtherHasPublished() throws IOException {
		write(this.parent, 1, 2, 3);
		write(this.worker, 4);
		assertThat(read(this.worker)).containsExactly(1, 2, 3);
		assertThat(read(this.parent)).containsExactly(4);
		assertThat(read(this.worker)).isEmpty();
		assertThat(read(this.parent)).isEmpty();
	}

	@Test
	void whatIsNotPublishedIsNotSeen() throws IOException {
		this.parent.writer().write(ByteBuffer.wrap(new byte[] { 1 }));
		assertThat(this.worker.reader().isEmpty()).isTrue();
		assertThat(read(this.worker)).isEmpty();
		this.parent.writer().publish();
		assertThat(this.worker.reader().isEmpty()).isFalse();
		assertThat(read(this.worker)).containsExactly(1);
	}

	@Test
	void theFileHoldsWhatTheDescriptionSays() throws IOException {
		write(this.parent, 1, 2, 3);
		write(this.worker, 4, 5);
		read(this.worker);
		this.worker.sleepForRoom();
		this.parent.sleepForBytes();
		ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(this.file)).order(ByteOrder.nativeOrder());
		assertThat(bytes.capacity()).isEqualTo(4096 + 4096 + 2 * CAPACITY);
		assertThat(List.of(bytes.getLong(4096), bytes.getLong(4096 + 64), bytes.getLong(4096 + 128),
				bytes.getLong(4096 + 192), bytes.getLong(4096 + 256), bytes.getLong(4096 + 320)))
			.containsExactly(3L, 3L, 2L, 0L, 2L, 1L);
		assertThat(bytes.slice(8192, 3)).isEqualTo(ByteBuffer.wrap(new byte[] { 1, 2, 3 }));
		assertThat(bytes.slice(8192 + CAPACITY, 2)).isEqualTo(ByteBuffer.wrap(new byte[] { 4, 5 }));
	}

	@Test
	void aFullRingTakesNoMoreUntilSomethingIsRead() throws IOException {
		ByteBuffer much = ByteBuffer.allocate(CAPACITY + 10);
		this.parent.writer().write(much);
		this.parent.writer().publish();
		assertThat(much.remaining()).isEqualTo(10);
		assertThat(this.parent.writer().room()).isZero();
		this.parent.writer().write(much);
		assertThat(much.remaining()).isEqualTo(10);
		assertThat(this.worker.reader().read(ByteBuffer.allocate(4))).isEqualTo(4);
		this.parent.writer().write(much);
		assertThat(much.remaining()).isEqualTo(6);
	}

	@Test
	void bytesKeepTheirOrderAcrossTheEndOfTheRing() throws IOException {
		Random random = new Random(3);
		byte next = 0;
		byte expected = 0;
		for (int round = 0; round < 400; round++) {
			byte[] some = new byte[1 + random.nextInt(20_000)];
			for (int i = 0; i < some.length; i++) {
				some[i] = next++;
			}
			ByteBuffer source = ByteBuffer.wrap(some);
			this.worker.writer().write(source);
			this.worker.writer().publish();
			assertThat(source.hasRemaining()).isFalse();
			ByteBuffer target = ByteBuffer.allocate(some.length);
			assertThat(this.parent.reader().read(target)).isEqualTo(some.length);
			for (byte value : target.array()) {
				assertThat(value).isEqualTo(expected++);
			}
		}
	}

	@Test
	void framesOfAnySizeArriveWholeAndInOrderWhileBothSidesWork() throws Exception {
		int count = 2_000;
		CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
			try {
				FrameWriter writer = new FrameWriter();
				Random sizes = new Random(11);
				for (int i = 0; i < count; i++) {
					writer.add(new Frame.Result(i, new byte[size(sizes, i)]));
					while (!writer.flush(this.worker.writer())) {
						Thread.onSpinWait();
					}
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		FrameReader reader = new FrameReader(16 << 20);
		List<Frame> frames = new ArrayList<>();
		Random sizes = new Random(11);
		for (int i = 0; i < count; i++) {
			while (frames.isEmpty()) {
				reader.read(this.parent.reader(), (frame, bytes) -> frames.add(frame));
				if (writing.isCompletedExceptionally()) {
					writing.join();
				}
			}
			Frame.Result result = (Frame.Result) frames.remove(0);
			assertThat(result.task()).isEqualTo(i);
			assertThat(result.payload()).hasSize(size(sizes, i));
		}
		writing.join();
	}

	/** Mostly small, some larger than the ring. */
	private static int size(Random random, int index) {
		return (index % 500 == 499) ? CAPACITY + random.nextInt(CAPACITY) : random.nextInt(5_000);
	}

	@Test
	void aSleeperIsWokenOnceForWhatItSleepsFor() {
		assertThat(this.parent.wakesForBytes()).isFalse();
		this.worker.sleepForBytes();
		assertThat(this.parent.wakesForRoom()).isFalse();
		assertThat(this.parent.wakesForBytes()).isTrue();
		assertThat(this.parent.wakesForBytes()).isFalse();
		this.worker.sleepForRoom();
		assertThat(this.parent.wakesForBytes()).isFalse();
		assertThat(this.parent.wakesForRoom()).isTrue();
		this.worker.sleepForBytes();
		this.worker.awake();
		assertThat(this.parent.wakesForBytes()).isFalse();
		this.parent.sleepForBytes();
		assertThat(this.worker.wakesForBytes()).isTrue();
	}

	@Test
	void nobodyIsMissedWhoGoesToSleepWhileSomethingIsPublished() throws Exception {
		int rounds = 200_000;
		Semaphore bell = new Semaphore(0);
		CompletableFuture<Void> sleeper = CompletableFuture.runAsync(() -> {
			try {
				ByteBuffer target = ByteBuffer.allocate(16);
				for (int seen = 0; seen < rounds;) {
					this.worker.sleepForBytes();
					if (this.worker.reader().isEmpty()) {
						bell.acquireUninterruptibly(); // for ever, if it is missed
					}
					this.worker.awake();
					seen += this.worker.reader().read(target.clear());
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		for (int i = 0; i < rounds; i++) {
			write(this.parent, 1);
			if (this.parent.wakesForBytes()) {
				bell.release();
			}
			if (sleeper.isCompletedExceptionally()) {
				break;
			}
		}
		sleeper.get();
	}

	@Test
	void countsThatCannotBeAreRefused() throws IOException {
		for (long written : new long[] { -1, CAPACITY + 1, Long.MAX_VALUE, Long.MIN_VALUE }) {
			overwrite(4096 + 128, written);
			assertThatExceptionOfType(WireException.class).as("written %d", written)
				.isThrownBy(() -> this.parent.reader().read(ByteBuffer.allocate(10)));
		}
		write(this.parent, 1, 2, 3);
		for (long read : new long[] { -1, 4, Long.MAX_VALUE, Long.MIN_VALUE }) {
			overwrite(4096 + 64, read);
			assertThatExceptionOfType(WireException.class).as("read %d", read)
				.isThrownBy(() -> this.parent.writer().room());
		}
	}

	@Test
	void aCountThatGoesBackIsRefused() throws IOException {
		write(this.worker, 1, 2, 3);
		read(this.parent);
		overwrite(4096 + 128, 2);
		assertThatExceptionOfType(WireException.class)
			.isThrownBy(() -> this.parent.reader().read(ByteBuffer.allocate(10)));
	}

	/** Whatever a worker writes, and whenever: frames or a refusal, and no more. */
	@Test
	void ringsFullOfNoiseAreReadOrRefused() {
		long seed = Long.getLong("taskqueue.seed", 20_240_301);
		Random random = new Random(seed);
		List<byte[]> samples = SampleFrames.all().stream().map((frame) -> SampleFrames.bytes(frame)).toList();
		ByteBuffer memory = ByteBuffer.allocateDirect(4096 + CAPACITY).order(ByteOrder.nativeOrder());
		int read = 0;
		int refused = 0;
		for (int round = 0; round < 300_000; round++) {
			memory.putLong(Rings.TO_PARENT, 0);
			RingReader ring = new RingReader(memory, Rings.TO_PARENT, 4096);
			FrameReader reader = new FrameReader(1 << 16, 4096);
			long written = 0;
			try {
				for (int step = random.nextInt(4); step >= 0; step--) {
					byte[] noise = samples.get(random.nextInt(samples.size())).clone();
					for (int i = random.nextInt(3); i > 0; i--) {
						noise[random.nextInt(noise.length)] = (byte) random.nextInt();
					}
					memory.put(4096 + (int) written, noise);
					written += noise.length;
					memory.putLong(Rings.TO_PARENT, (random.nextInt(10) == 0) ? random.nextLong() : written);
					while (reader.read(ring, (frame, bytes) -> assertThat(frame).isNotNull()) > 0) {
						// Until nothing more comes
					}
				}
				read++;
			}
			catch (IOException ex) {
				refused++;
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("seed " + seed + ", round " + round, ex);
			}
		}
		assertThat(read).isGreaterThan(50_000);
		assertThat(refused).isGreaterThan(50_000);
	}

	@Test
	void samplesOfTasksSurviveTheRing() throws IOException {
		FrameWriter writer = new FrameWriter();
		Frame.Run run = new Frame.Run(7, 3, true, 2, 99, Map.of("a", "b"), new byte[] { 1, 2, 3 });
		writer.add(run);
		assertThat(writer.flush(this.parent.writer())).isTrue();
		List<Frame> frames = new ArrayList<>();
		new FrameReader(1 << 20).read(this.worker.reader(), (frame, bytes) -> frames.add(frame));
		assertThat(frames).usingRecursiveComparison().isEqualTo(List.of(run));
	}

	private void overwrite(int where, long value) throws IOException {
		overwrite(where, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array());
	}

	private void overwrite(int where, byte[] bytes) throws IOException {
		try (var channel = java.nio.channels.FileChannel.open(this.file, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(bytes), where);
		}
	}

	private static void write(Rings rings, int... values) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(values.length);
		for (int value : values) {
			bytes.put((byte) value);
		}
		rings.writer().write(bytes.flip());
		rings.writer().publish();
	}

	private static List<Integer> read(Rings rings) throws IOException {
		ByteBuffer target = ByteBuffer.allocate(1024);
		rings.reader().read(target);
		List<Integer> values = new ArrayList<>();
		for (target.flip(); target.hasRemaining();) {
			values.add((int) target.get());
		}
		return values;
	}

}
