package dev.taskqueue.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.taskqueue.fixture.NoLeftovers;
import dev.taskqueue.fixture.ParentProgram;
import dev.taskqueue.fixture.Processes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is killed leaves no worker.
 */
@ExtendWith(NoLeftovers.class)
class ParentDeathProcessTest {

	@TempDir
	Path temporary;

	/** The watchdog included, and what tasks have started and let go. */
	@ParameterizedTest
	@ValueSource(strings = { "IDLE", "BOOTING", "COUNTED_LOOP", "FULL_COLLECTION", "STOPPED", "DEAF" })
	void workersInEveryStateEndWithTheirKilledParent(String state) throws Exception {
		String mark = Processes.mark();
		List<ProcessHandle> processes = processesOfAParentThatIsKilled(state, mark);
		assertThat(processes).hasSizeGreaterThanOrEqualTo(3);
		Awaitility.await()
			.atMost(Duration.ofSeconds(2))
			.until(() -> processes.stream().noneMatch(Processes::runs) && Processes.marked(mark).isEmpty());
	}

	@Test
	void nextApplicationSweepsWhatAKilledOneLeft() throws Exception {
		processesOfAParentThatIsKilled("IDLE", Processes.mark());
		List<Path> left = directories();
		assertThat(left).hasSize(1);
		processesOfAParentThatIsKilled("IDLE", Processes.mark());
		assertThat(directories()).hasSize(1).doesNotContainAnyElementsOf(left);
	}

	private List<ProcessHandle> processesOfAParentThatIsKilled(String state, String mark) throws Exception {
		Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djava.io.tmpdir=" + this.temporary, "-cp", System.getProperty("java.class.path"),
				ParentProgram.class.getName(), state, mark)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
			List<Long> pids = pids(out);
			if (!state.equals("BOOTING")) {
				assertThat(Processes.marked(mark)).as("left behind").hasSize(1);
			}
			return pids.stream().map((pid) -> ProcessHandle.of(pid).orElseThrow()).toList();
		}
		finally {
			parent.destroyForcibly().waitFor();
		}
	}

	private List<Path> directories() throws IOException {
		try (Stream<Path> files = Files.list(this.temporary)) {
			return files.filter((file) -> file.getFileName().toString().startsWith("taskqueue-")).toList();
		}
	}

	private static List<Long> pids(BufferedReader out) throws IOException {
		for (String line = out.readLine(); line != null; line = out.readLine()) {
			if (line.startsWith("pids ")) {
				return Arrays.stream(line.substring("pids ".length()).split(" ")).map(Long::valueOf).toList();
			}
		}
		throw new AssertionError("the parent ended without saying its workers' pids");
	}

}
