package dev.taskqueue.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.TaskQueueException;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.Tasks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's resources after many workers have come and gone.
 * {@code -Dtaskqueue.soak.recycles} says how many; a fifth as many crash. The profile
 * {@code chaos} runs a thousand.
 */
@ExtendWith(NoLeftovers.class)
class SoakProcessTest {

	private static final int RECYCLES = Integer.getInteger("taskqueue.soak.recycles", 50);

	/** What the application holds. */
	private record Held(long descriptors, long threads, long files, long heap) {

		static Held now() throws IOException {
			for (int i = 0; i < 3; i++) {
				System.gc();
			}
			long threads = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().startsWith("taskqueue-"))
				.count();
			return new Held(count(Path.of("/proc/self/fd")), threads, filesThere(),
					Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}

		private static long filesThere() throws IOException {
			Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
			long files = 0;
			try (Stream<Path> directories = Files.list(temporary)) {
				for (Path directory : directories.toList()) {
					boolean ours = directory.getFileName()
						.toString()
						.startsWith("taskqueue-" + ProcessHandle.current().pid() + "-");
					files += ours ? count(directory) : 0;
				}
			}
			return files;
		}

		private static long count(Path directory) throws IOException {
			try (Stream<Path> entries = Files.list(directory)) {
				return entries.count();
			}
		}

	}

	@Test
	void resourcesStayFlatWhileWorkersComeAndGo() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(2).requestsPerWorker(1).start()) {
			run(queue, Math.max(10, RECYCLES / 10));
			Held before = settled(queue);
			run(queue, RECYCLES);
			// A cached thread may live for seconds after its work. A leak never comes
			// back.
			Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				Held after = settled(queue);
				System.out.printf("soak: %d recycles, %d crashes: %s, then %s%n", RECYCLES, RECYCLES / 5, before,
						after);
				assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 2);
				assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
				assertThat(after.files()).isLessThanOrEqualTo(before.files());
				assertThat(after.heap()).isLessThan(before.heap() + (2L << 20));
			});
		}
	}

	private static void run(TaskQueue queue, int recycles) {
		List<TaskHandle<?>> handles = new ArrayList<>();
		for (int i = 0; i < recycles; i++) {
			handles.add(queue.add(Tasks.nothing()));
			if (i % 5 == 4) {
				handles.add(queue.add(() -> Runtime.getRuntime().halt(1)));
			}
		}
		for (TaskHandle<?> handle : handles) {
			try {
				handle.join(Duration.ofMinutes(10));
			}
			catch (TaskQueueException ex) {
				assertThat(ex).hasMessageContaining("EXITED");
			}
		}
	}

	/** When those that leave have left, and those that start have started. */
	private static Held settled(TaskQueue queue) throws IOException {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> queue.snapshot().workers().stream().map((worker) -> worker.state().name()).sorted().toList(),
					List.of("IDLE", "IDLE", "STANDBY")::equals);
		return Held.now();
	}

}
