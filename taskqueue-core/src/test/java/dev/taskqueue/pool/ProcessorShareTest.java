package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
		assertThat(groupOf(process.pid())).endsWith(" nice 0");
	}

	@Test
	void ourOwnSessionIsNotTouched() throws IOException {
		String before = groupOf(ProcessHandle.current().pid());
		Process process = start("sleep", "60");
		this.share.lower(process);
		assertThat(groupOf(process.pid())).isEqualTo(before);
	}

	@Test
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

	private static String groupOf(long pid) throws IOException {
		return Files.readString(Path.of("/proc/" + pid + "/autogroup")).strip();
	}

}
