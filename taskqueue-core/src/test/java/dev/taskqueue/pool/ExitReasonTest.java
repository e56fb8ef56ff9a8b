package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.taskqueue.CrashReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExitReasonTest {

	private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError: Java heap space";

	@TempDir
	Path directory;

	private Path errorFile;

	@BeforeEach
	void nameTheErrorFile() {
		this.errorFile = this.directory.resolve("hs_err_4711.log");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 70, 128, 255 })
	void anExitCodeIsAnExit(int code) {
		ProcessEnd end = end(code, code > 128);
		assertThat(end.reason()).isEqualTo(CrashReason.EXITED);
		assertThat(end.exitCode()).isEqualTo(code);
		assertThat(end.signal()).isNull();
		assertThat(end.pid()).isEqualTo(4711);
	}

	@ParameterizedTest
	@CsvSource({ "129, SIGHUP", "130, SIGINT", "134, SIGABRT", "137, SIGKILL", "139, SIGSEGV", "143, SIGTERM",
			"192, signal 64" })
	void aCodeAboveOneHundredTwentyEightIsASignal(int code, String signal) {
		ProcessEnd end = end(code, false);
		assertThat(end.reason()).isEqualTo(CrashReason.KILLED);
		assertThat(end.signal()).isEqualTo(signal);
	}

	@Test
	void exitWithASignalsCodeIsAnExit() {
		ProcessEnd end = end(137, true);
		assertThat(end.reason()).isEqualTo(CrashReason.EXITED);
		assertThat(end.signal()).isNull();
	}

	@Test
	void theJvmsOwnLineTellsExhaustedMemory() {
		assertThat(end(3, false, "Exception in thread", OUT_OF_MEMORY).reason()).isEqualTo(CrashReason.OUT_OF_MEMORY);
		assertThat(end(3, false, "Terminating due to java.lang.OutOfMemoryError: Metaspace").reason())
			.isEqualTo(CrashReason.OUT_OF_MEMORY);
	}

	@Test
	void haltWithThreeIsNotExhaustedMemory() {
		assertThat(end(3, false).reason()).isEqualTo(CrashReason.EXITED);
		assertThat(end(3, false, "java.lang.OutOfMemoryError: Java heap space").reason()).isEqualTo(CrashReason.EXITED);
		assertThat(end(1, false, OUT_OF_MEMORY).reason()).isEqualTo(CrashReason.EXITED);
		assertThat(end(3, false, "> " + OUT_OF_MEMORY).reason()).isEqualTo(CrashReason.EXITED);
	}

	@ParameterizedTest
	@CsvSource({ "1, '#\n#  SIGSEGV (0xb) at pc=0x00007f, pid=4711, tid=4712\n', SIGSEGV",
			"134, '#\n#  SIGBUS (0x7) at pc=0x00007f, pid=4711, tid=4712\n', SIGBUS",
			"134, '#\n#  Internal Error (synchronizer.cpp:1), pid=4711, tid=4712\n', SIGABRT",
			"1, '#\n#  Internal Error (synchronizer.cpp:1), pid=4711, tid=4712\n',", "1, 'SIGSEGV (0xb)', " })
	void theSignalOfANativeCrashIsTheErrorFiles(int code, String head, @Nullable String signal) throws IOException {
		Files.writeString(this.errorFile, head);
		assertThat(end(code, false).signal()).isEqualTo(signal);
	}

	@Test
	void anErrorFileTellsANativeCrashWhateverTheCode() throws IOException {
		Files.writeString(this.errorFile, "#\n# SIGSEGV (0xb)\n");
		for (int code : new int[] { 1, 134, 139 }) {
			ProcessEnd end = end(code, false, OUT_OF_MEMORY);
			assertThat(end.reason()).isEqualTo(CrashReason.NATIVE_CRASH);
			assertThat(end.errorFileHead()).isEqualTo("#\n# SIGSEGV (0xb)");
		}
	}

	@Test
	void onlyTheHeadOfTheErrorFileIsKept() throws IOException {
		Files.writeString(this.errorFile,
				IntStream.range(0, 1000).mapToObj((i) -> "line " + i).collect(Collectors.joining("\n")));
		assertThat(end(134, false).errorFileHead()).startsWith("line 0\n").endsWith("\nline 39");
	}

	@Test
	void anErrorFileThatIsNoTextIsKeptAsItIs() throws IOException {
		Files.write(this.errorFile, new byte[] { (byte) 0xff, 0, (byte) 0xe9 });
		assertThat(end(1, false).errorFileHead()).isEqualTo("ÿ\u0000é");
	}

	@Test
	void anEmptyErrorFileIsStillACrash() throws IOException {
		Files.createFile(this.errorFile);
		assertThat(end(1, false).reason()).isEqualTo(CrashReason.NATIVE_CRASH);
	}

	@Test
	void whatIsNoFileIsNoErrorFile() throws IOException {
		Files.createDirectory(this.errorFile);
		assertThat(end(1, false).errorFileHead()).isNull();
		assertThat(end(1, false).reason()).isEqualTo(CrashReason.EXITED);
	}

	/** A worker can write to this file: it is not trusted to be short. */
	@Test
	void anErrorFileOfOneEndlessLineIsCut() throws IOException {
		Files.write(this.errorFile, "x".repeat(4 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
		String head = end(1, false).errorFileHead();
		assertThat(head).isNotNull();
		assertThat(head.length()).isLessThan(1 << 20);
	}

	@Test
	void theReportCarriesWhatIsKnown() {
		ProcessEnd end = end(137, false, "last words");
		assertThat(end.report(CrashReason.KILLED, 2_000_000_000L, 9)).satisfies((report) -> {
			assertThat(report.uptime()).hasSeconds(2);
			assertThat(report.tasksServed()).isEqualTo(9);
			assertThat(report.stderrTail()).containsExactly("last words");
			assertThat(report.signal()).isEqualTo("SIGKILL");
		});
	}

	@Test
	void aProcessThatWasNeverThereHasNoCode() {
		ProcessEnd end = ProcessEnd.notStarted("No such file");
		assertThat(end.reason()).isEqualTo(CrashReason.START_FAILED);
		assertThat(end.pid()).isEqualTo(-1);
		assertThat(end.exitCode()).isNull();
		assertThat(end.stderrTail()).containsExactly("No such file");
	}

	private ProcessEnd end(int code, boolean exitMarked, String... stderr) {
		return ExitReason.of(4711, code, exitMarked, List.of(stderr), this.errorFile);
	}

}
