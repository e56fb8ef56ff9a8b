package dev.taskqueue.wire;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.taskqueue.wire.TaskPage.Claim;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TaskPageTest {

	private static final long TASK = 1L << 40;

	@TempDir
	Path directory;

	private Path file;

	private TaskPage parent;

	private TaskPage worker;

	@BeforeEach
	void map() throws IOException {
		this.file = this.directory.resolve("page");
		this.parent = TaskPage.create(this.file);
		this.worker = TaskPage.open(this.file);
	}

	@Test
	void aFreshPageKnowsNothing() {
		for (int slot = 0; slot < TaskPage.SLOTS; slot++) {
			assertThat(this.parent.claim(slot, TASK)).isEqualTo(Claim.NONE);
		}
		assertThat(this.parent.exitMarked()).isFalse();
	}

	@Test
	void aTaskGoesFromSentToStartedToDone() {
		this.parent.sent(3, TASK);
		assertThat(this.worker.claim(3, TASK)).isEqualTo(Claim.SENT);
		assertThat(this.worker.start(3, TASK)).isTrue();
		assertThat(this.parent.claim(3, TASK)).isEqualTo(Claim.STARTED);
		this.worker.done(3, TASK);
		assertThat(this.parent.claim(3, TASK)).isEqualTo(Claim.DONE);
	}

	@Test
	void aTaskTakenBackCannotStart() {
		this.parent.sent(0, TASK);
		assertThat(this.parent.recall(0, TASK)).isTrue();
		assertThat(this.worker.start(0, TASK)).isFalse();
		assertThat(this.parent.claim(0, TASK)).isEqualTo(Claim.RECALLED);
		assertThat(this.parent.recall(0, TASK)).isFalse();
	}

	@Test
	void aTaskBegunOrDoneCannotBeTakenBack() {
		this.parent.sent(0, TASK);
		this.worker.start(0, TASK);
		assertThat(this.parent.recall(0, TASK)).isFalse();
		this.worker.done(0, TASK);
		assertThat(this.parent.recall(0, TASK)).isFalse();
		assertThat(this.worker.start(0, TASK)).isFalse();
	}

	@Test
	void aTaskThatWasNotSentCannotStart() {
		assertThat(this.worker.start(0, TASK)).isFalse();
		assertThat(this.worker.start(0, 0)).isFalse();
		assertThat(this.parent.recall(0, TASK)).isFalse();
	}

	@Test
	void doneWithoutStartChangesNothing() {
		this.parent.sent(0, TASK);
		this.worker.done(0, TASK);
		assertThat(this.parent.claim(0, TASK)).isEqualTo(Claim.SENT);
	}

	@Test
	void aSlotUsedAgainDoesNotTakeTheEarlierTaskForTheNext() {
		this.parent.sent(0, 1);
		this.parent.recall(0, 1);
		this.parent.sent(0, 2);
		assertThat(this.worker.start(0, 1)).isFalse();
		assertThat(this.parent.recall(0, 1)).isFalse();
		this.worker.done(0, 1);
		assertThat(this.parent.claim(0, 1)).isEqualTo(Claim.NONE);
		assertThat(this.parent.claim(0, 2)).isEqualTo(Claim.SENT);
		assertThat(this.worker.start(0, 2)).isTrue();
	}

	@Test
	void slotsDoNotTouchEachOther() {
		for (int slot = 0; slot < TaskPage.SLOTS; slot++) {
			this.parent.sent(slot, slot + 1);
		}
		for (int slot = 0; slot < TaskPage.SLOTS; slot += 2) {
			assertThat(this.worker.start(slot, slot + 1)).isTrue();
		}
		for (int slot = 0; slot < TaskPage.SLOTS; slot++) {
			assertThat(this.parent.claim(slot, slot + 1)).isEqualTo((slot % 2 == 0) ? Claim.STARTED : Claim.SENT);
		}
		assertThat(this.parent.exitMarked()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, TaskPage.SLOTS, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void aSlotThatDoesNotExistIsRefused(int slot) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.parent.sent(slot, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.worker.start(slot, 1));
	}

	@Test
	void theExitMarkIsSeenByTheOtherSide() {
		this.worker.markExit();
		assertThat(this.parent.exitMarked()).isTrue();
	}

	@Test
	void theFileHoldsWhatItsDescriptionSays() throws IOException {
		this.parent.sent(1, 5);
		this.worker.markExit();
		byte[] bytes = Files.readAllBytes(this.file);
		java.nio.ByteBuffer page = java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.nativeOrder());
		assertThat(bytes).hasSize(4096 + 4096 + (2 << 20));
		assertThat(page.getInt(0)).isEqualTo(0x54515047);
		assertThat(page.getLong(8)).isEqualTo(1);
		assertThat(page.getLong(64)).isZero();
		assertThat(page.getLong(72)).isEqualTo(5 << 3 | 1);
	}

	@Test
	void whateverAWorkerWritesIsSomeClaim() throws IOException {
		byte[] nonsense = new byte[Rings.FILE_SIZE];
		new java.util.Random(5).nextBytes(nonsense);
		Files.write(this.file, nonsense);
		for (int slot = 0; slot < TaskPage.SLOTS; slot++) {
			assertThat(this.parent.claim(slot, TASK)).isEqualTo(Claim.NONE);
		}
		assertThat(this.parent.exitMarked()).isFalse();
	}

	@Test
	void createRefusesAFileThatExists() {
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> TaskPage.create(this.file));
	}

	@Test
	void openRefusesWhatIsNoPage() throws IOException {
		Path other = this.directory.resolve("other");
		Files.write(other, new byte[Rings.FILE_SIZE]);
		assertThatExceptionOfType(WireException.class).isThrownBy(() -> TaskPage.open(other))
			.withMessage("not a TaskQueue page");
		Files.write(other, new byte[10]);
		assertThatExceptionOfType(WireException.class).isThrownBy(() -> TaskPage.open(other))
			.withMessage("a page of 10 bytes where 2105344 were expected");
	}

	@Test
	void startAndRecallNeverBothWinAndNeverBothLose() throws Exception {
		int rounds = 20_000;
		CyclicBarrier barrier = new CyclicBarrier(2);
		ExecutorService other = Executors.newSingleThreadExecutor();
		boolean[] started = new boolean[rounds];
		boolean[] recalled = new boolean[rounds];
		try {
			Future<?> starting = other.submit(() -> {
				for (int round = 0; round < rounds; round++) {
					barrier.await();
					started[round] = this.worker.start(round % TaskPage.SLOTS, round);
				}
				return null;
			});
			for (int round = 0; round < rounds; round++) {
				this.parent.sent(round % TaskPage.SLOTS, round);
				barrier.await();
				recalled[round] = this.parent.recall(round % TaskPage.SLOTS, round);
			}
			starting.get();
		}
		finally {
			other.shutdownNow();
		}
		for (int round = 0; round < rounds; round++) {
			assertThat(started[round]).as("round %d", round).isNotEqualTo(recalled[round]);
		}
	}

}
