package dev.taskqueue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WorkerOptionsTest {

	private static final WorkerOptions DEFAULTS = WorkerOptions.defaults();

	@Test
	void everyMethodChangesItsOptionOnly() {
		WorkerOptions all = DEFAULTS.withJavaHome(Path.of("/j"))
			.withJvmArgs(List.of("-a"))
			.withMaxHeap(8L << 20)
			.withMaxMemory(64L << 20)
			.withMaxAge(Duration.ofHours(2))
			.withStartupTimeout(Duration.ofSeconds(1))
			.withEnvironment(Map.of("E", "1"))
			.withSystemProperties(Map.of("p", "2"))
			.withClassPath("c")
			.withCommandPrefix(List.of("nice"))
			.withLaunchMode(LaunchMode.BOOT_LOADER)
			.withClassArchive(false)
			.withCacheDirectory(Path.of("/c"));
		assertThat(all).isEqualTo(new WorkerOptions(Path.of("/j"), List.of("-a"), 8L << 20, 64L << 20,
				Duration.ofHours(2), Duration.ofSeconds(1), Map.of("E", "1"), Map.of("p", "2"), "c", List.of("nice"),
				LaunchMode.BOOT_LOADER, false, Path.of("/c")));
		assertThat(DEFAULTS).isEqualTo(new WorkerOptions(null, List.of(), 0, 0, Duration.ZERO, Duration.ofSeconds(60),
				Map.of(), Map.of(), null, List.of(), LaunchMode.AUTO, true, null));
	}

	@Test
	void listsAreCopied() {
		List<String> arguments = new ArrayList<>(List.of("-a"));
		WorkerOptions options = DEFAULTS.withJvmArgs(arguments);
		arguments.add("-b");
		assertThat(options.jvmArgs()).containsExactly("-a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", " -Xmx1g", "-Xmx1g ", "-Xmx1g -Xms1g", "-ea --enable-preview -Da=b" })
	void argumentsThatAreNotOneWordEachAreRefused(String argument) {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withJvmArgs(List.of("-a", argument)))
			.withMessageStartingWith("jvmArgs must ")
			.withMessageContaining("'" + argument + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Dmaven.jvm=-Xmx1g -Xms1g", "-XX:OnOutOfMemoryError=kill -9 %p", "--add-opens",
			"java.base/java.lang=ALL-UNNAMED", "-Xlog:gc:file=/my logs/gc.log" })
	void argumentsThatMayHoldBlanksAreAccepted(String argument) {
		assertThat(DEFAULTS.withJvmArgs(List.of(argument)).jvmArgs()).containsExactly(argument);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 1, (8L << 20) - 1, Long.MIN_VALUE })
	void aHeapTooSmallIsRefused(long bytes) {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withMaxHeap(bytes))
			.withMessage("maxHeap must be 0 (automatic) or at least 8 MB, but is " + bytes + " bytes");
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 1, (32L << 20) - 1, Long.MIN_VALUE })
	void tooLittleMemoryIsRefused(long bytes) {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withMaxMemory(bytes))
			.withMessage("maxMemory must be 0 (no limit) or at least 32 MB, but is " + bytes + " bytes");
	}

	@Test
	void aNegativeAgeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withMaxAge(Duration.ofSeconds(-1)))
			.withMessage("maxAge must not be negative, but is PT-1S");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S" })
	void aStartupTimeoutThatIsNotPositiveIsRefused(Duration timeout) {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withStartupTimeout(timeout))
			.withMessage("startupTimeout must be positive, but is " + timeout);
	}

}
