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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is killed leaves no worker.
 */
@ExtendWith(NoLeftovers.class)
class ParentDeathProcessTest {

	@TempDir
	Path temporary;

	@Test
	void busyAndIdleWorkersEndWithTheirKilledParent() throws Exception {
		List<ProcessHandle> workers = workersOfAParentThatIsKilled();
		assertThat(workers).hasSize(2);
		Awaitility.await()
			.atMost(Duration.ofSeconds(2))
			.until(() -> workers.stream().noneMatch(ParentDeathProcessTest::runs));
	}

	@Test
	void nextApplicationSweepsWhatAKilledOneLeft() throws Exception {
		workersOfAParentThatIsKilled();
		List<Path> left = directories();
		assertThat(left).hasSize(1);
		workersOfAParentThatIsKilled();
		assertThat(directories()).hasSize(1).doesNotContainAnyElementsOf(left);
	}

	private List<ProcessHandle> workersOfAParentThatIsKilled() throws Exception {
		Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djava.io.tmpdir=" + this.temporary, "-cp", System.getProperty("java.class.path"),
				ParentProgram.class.getName())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
			return pids(out).stream().map((pid) -> ProcessHandle.of(pid).orElseThrow()).toList();
		}
		finally {
			parent.destroyForcibly().waitFor();
		}
	}

	/** Neither gone nor only waiting for its new parent to take note of its end. */
	private static boolean runs(ProcessHandle process) {
		try {
			String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
			return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
		}
		catch (IOException ex) {
			return false;
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
