package dev.taskqueue.process;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.fixture.Blocked;
import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.PausedProgram;
import dev.taskqueue.fixture.Processes;
import dev.taskqueue.fixture.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Either side stopped and continued. {@code -Dtaskqueue.pause.seconds} says for how long.
 */
@ExtendWith(NoLeftovers.class)
class PauseProcessTest {

	private static final Duration PAUSE = Duration.ofSeconds(Integer.getInteger("taskqueue.pause.seconds", 3));

	@TempDir
	Path directory;

	/** What finished while nobody looked has finished; limits still apply. */
	@Test
	void stoppedApplicationCountsResultsBeforeLimits() throws Exception {
		Process application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djava.io.tmpdir=" + this.directory, "-cp", System.getProperty("java.class.path"),
				PausedProgram.class.getName())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader out = application.inputReader(StandardCharsets.UTF_8)) {
			Stream<String> lines = out.lines().peek((line) -> {
				if (line.equals("running")) {
					Processes.pause(application.pid(), PAUSE);
				}
			});
			assertThat(lines.filter((line) -> line.startsWith("ended ")))
				.containsExactly("ended SUCCEEDED TIMED_OUT SUCCEEDED");
		}
		finally {
			application.destroyForcibly().waitFor();
		}
	}

	@Test
	void stoppedWorkerGoesOnWhereItWas() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<Long> handle = queue.submit(new Blocked(this.directory));
			Blocked.awaitStarted(this.directory, 1);
			long pid = queue.snapshot().workers().get(0).pid();
			Processes.pause(pid, PAUSE);
			Blocked.release(this.directory);
			assertThat(handle.join(Duration.ofSeconds(30))).isEqualTo(pid);
			assertThat(queue.submit(Tasks.pid()).join(Duration.ofSeconds(30))).isEqualTo(pid);
		}
	}

}
