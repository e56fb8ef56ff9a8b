package dev.taskqueue.process;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.QueueClosedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.HardToEnd;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that starts and stops a queue, by ten threads at once.
 * {@code -Dtaskqueue.stress.seconds} says for how long; the profile {@code chaos} takes
 * half a minute.
 */
@ExtendWith(NoLeftovers.class)
class StartStopStressProcessTest {

	private static final int SECONDS = Integer.getInteger("taskqueue.stress.seconds", 6);

	private static final long SEED = Long.getLong("taskqueue.seed", System.nanoTime());

	private static final int THREADS = 10;

	@TempDir
	Path directory;

	private final TaskQueue queue = TaskQueue.builder().workerCount(2).requestsPerWorker(20).build();

	private final Queue<TaskHandle<?>> handles = new ConcurrentLinkedQueue<>();

	@Test
	void tenThreadsStartAddCancelAndTerminate() throws Exception {
		System.out.printf("%d s of start and stop, -Dtaskqueue.seed=%d%n", SECONDS, SEED);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<Integer>> turns = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				Random random = new Random(SEED + thread);
				turns.add(threads.submit(() -> turns(random, end)));
			}
			int all = 0;
			for (Future<Integer> turn : turns) {
				all += turn.get(SECONDS + 60L, TimeUnit.SECONDS);
			}
			System.out.printf("%d calls, %d tasks%n", all, this.handles.size());
		}
		finally {
			threads.shutdownNow();
		}
		this.queue.terminate(Duration.ofSeconds(1));
		assertThat(this.handles).isNotEmpty().allMatch((handle) -> handle.state().isFinal());
		assertThat(this.queue.processed()).isEqualTo(this.handles.size());
		assertThat(this.queue.length()).isZero();
		assertThat(this.queue.snapshot().workers()).isEmpty();
		Tally.read(this.directory); // fails if a task ran twice
	}

	private int turns(Random random, long end) {
		File file = this.directory.toFile();
		int turns = 0;
		while (System.nanoTime() - end < 0) {
			turns++;
			switch (random.nextInt(40)) {
				case 0, 1, 2, 3 -> this.queue.start();
				case 4 -> this.queue.terminate(Duration.ofMillis(random.nextInt(400)));
				case 5 -> this.queue.pause();
				case 6, 7, 8 -> this.queue.resume();
				case 9, 10, 11, 12 -> cancelOne(random);
				case 13, 14 -> assertThat(this.queue.snapshot().length()).isNotNegative();
				default -> addOne(random.nextInt(Integer.MAX_VALUE), file);
			}
		}
		return turns;
	}

	private void addOne(int number, File file) {
		if (this.queue.length() > 1000) {
			return;
		}
		try {
			this.handles.add(this.queue.add(new Tally(number, file)));
		}
		catch (QueueClosedException ex) {
			// Somebody terminated it
		}
	}

	private void cancelOne(Random random) {
		TaskHandle<?> handle = this.handles.stream()
			.skip(random.nextInt(this.handles.size() + 1))
			.findFirst()
			.orElse(null);
		if (handle != null) {
			handle.cancel();
		}
	}

	@Test
	void terminateWithManyWaitingAndBusyWorkersKeepsItsTime() {
		this.queue.start();
		List<TaskHandle<?>> all = new ArrayList<>();
		all.add(this.queue.add(HardToEnd.DEAF));
		all.add(this.queue.submit(new Blocked(this.directory)));
		Blocked.awaitStarted(this.directory, 1);
		for (int i = 0; i < 100_000; i++) {
			all.add(this.queue.add(new Tally(i, this.directory.toFile())));
		}
		long start = System.nanoTime();
		assertThat(this.queue.terminate(Duration.ofSeconds(1))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		assertThat(all).allMatch((handle) -> handle.state().isFinal());
	}

}
