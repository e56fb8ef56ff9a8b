package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * With processes of the system's own.
 */
class ProcessorShareTest {

	private final List<Process> started = new ArrayList<>();

	private final ProcessorShare share = new ProcessorShare();

	@BeforeEach
	void theSystemGroupsSessions() throws IOException {
		Path groups = Path.of("/proc/sys/kernel/sched_autogroup_enabled");
		assumeTrue(Files.isReadable(groups) && Files.readString(groups).startsWith("1"),
				"needs sched_autogroup_enabled=1");
		assumeTrue(WorkerCommand.SETSID != null, "needs setsid (Debian: util-linux)");
	}

	@AfterEach
	void end() throws InterruptedException {
		for (Process process : this.started) {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	void aSessionHasLittleUntilItIsGivenAsMuchAsOthers() throws IOException {
		Process process = start(String.valueOf(WorkerCommand.SETSID), "sleep", "60");
		this.share.lower(process);
		assertThat(groupOf(process.pid())).endsWith(" nice 19");
		this.share.restore();
		assertThat(groupOf(process.pid())).endsWith(" nice 0");
	}

	@Test
	void whatIsNeededBeforeItHasStartedIsNotLowered() throws IOException {
		Process process = start(String.valueOf(WorkerCommand.SETSID), "sleep", "60");
		this.share.restore();
		this.share.lower(process);
		assertThat(groupOf(process.pid())).doesNotEndWith(" nice 19");
	}

	/**
	 * A process has its own session a moment before it has its own group: once in some
	 * thousand times on a busy machine one sees that, so it is shown here with files.
	 */
	@Test
	void aSessionThatIsStillInOurGroupIsNotTouched(@TempDir Path proc) throws IOException {
		Process process = start(String.valueOf(WorkerCommand.SETSID), "sleep", "60");
		long pid = process.pid();
		write(proc.resolve("sys/kernel/sched_autogroup_enabled"), "1\n");
		write(proc.resolve(ProcessHandle.current().pid() + "/autogroup"), "/autogroup-42 nice 0\n");
		write(proc.resolve(pid + "/stat"), "%d (java) R 1 %d %d 0 -1".formatted(pid, pid, pid));
		write(proc.resolve(pid + "/autogroup"), "/autogroup-42 nice 0\n");
		new ProcessorShare(proc).lower(process);
		assertThat(proc.resolve(pid + "/autogroup")).hasContent("/autogroup-42 nice 0\n");
		write(proc.resolve(pid + "/autogroup"), "/autogroup-43 nice 0\n");
		new ProcessorShare(proc).lower(process);
		assertThat(proc.resolve(pid + "/autogroup")).hasContent("19");
	}

	@Test
	void ourOwnSessionIsNotTouched() throws IOException {
		String before = groupOf(ProcessHandle.current().pid());
		Process process = start("sleep", "60");
		this.share.lower(process);
		assertThat(groupOf(process.pid())).isEqualTo(before);
	}

	@Test
	@Timeout(4) // all retries take longer
	void aProcessThatIsGoneIsNothingToWaitFor() throws IOException, InterruptedException {
		Process process = start(String.valueOf(WorkerCommand.SETSID), "sleep", "60");
		this.share.lower(process);
		process.destroyForcibly().waitFor();
		this.share.restore();
		new ProcessorShare().lower(process);
		assertThat(process.isAlive()).isFalse();
	}

	private Process start(String... command) throws IOException {
		Process process = new ProcessBuilder(command).start();
		this.started.add(process);
		return process;
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.resolveSibling("."));
		Files.writeString(file, text);
	}

	private static String groupOf(long pid) throws IOException {
		return Files.readString(Path.of("/proc/" + pid + "/autogroup")).strip();
	}

}
