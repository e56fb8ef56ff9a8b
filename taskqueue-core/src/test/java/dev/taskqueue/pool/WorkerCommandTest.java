package dev.taskqueue.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.WorkerOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerCommandTest {

	private static final WorkerOptions OPTIONS = WorkerOptions.defaults().withClassArchive(false);

	@TempDir
	Path parent;

	private RuntimeDirectory directory;

	@BeforeEach
	void createDirectory() throws IOException {
		try (TemporaryDirectoryProperty property = new TemporaryDirectoryProperty(this.parent)) {
			assertThat(property).isNotNull();
			this.directory = RuntimeDirectory.create();
		}
	}

	@AfterEach
	void deleteDirectory() {
		this.directory.delete();
	}

	@Test
	void prefixThenJavaThenOptionsThenClassPathThenMain() {
		List<String> command = command(OPTIONS.withCommandPrefix(List.of("nice", "-n", "10"))
			.withJavaHome(Path.of("/opt/java"))
			.withJvmArgs(List.of("-Da=b")));
		assertThat(command).startsWith("nice", "-n", "10").endsWith("-Da=b", "@" + this.directory.argumentFile());
		assertThat(command).containsSubsequence("10", "/opt/java/bin/java", "-XX:+UseSerialGC", "-Da=b");
	}

	@Test
	void theWorkerHasASessionOfItsOwnWhereThatIsPossible() {
		List<String> command = command(OPTIONS);
		if (WorkerCommand.SETSID != null) {
			assertThat(command.get(0)).isEqualTo(WorkerCommand.SETSID);
		}
		assertThat(command.get((WorkerCommand.SETSID != null) ? 1 : 0))
			.isEqualTo(Path.of(System.getProperty("java.home"), "bin", "java").toString());
	}

	@Test
	void theUsersArgumentsComeLastSoThatTheyWin() {
		assertThat(command(OPTIONS.withJvmArgs(List.of("-Xmx1g", "-XX:-ExitOnOutOfMemoryError"))))
			.containsSubsequence("-XX:+ExitOnOutOfMemoryError", "-Xmx1g", "-XX:-ExitOnOutOfMemoryError");
	}

	@Test
	void anotherCollectorReplacesTheDefaultOne() {
		assertThat(command(OPTIONS.withJvmArgs(List.of("-XX:+UseG1GC"))))
			.doesNotContain("-XX:+UseSerialGC", "-XX:LoopStripMiningIter=1000")
			.contains("-XX:+UseG1GC");
		assertThat(command(OPTIONS.withJvmArgs(List.of("-XX:-UseSerialGC", "-XX:+UseStringDeduplication"))))
			.contains("-XX:+UseSerialGC");
	}

	@Test
	void whatTheJvmDoesAtItsEndIsSet() {
		assertThat(command(OPTIONS)).contains("-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000",
				"-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr", "-XX:-CreateCoredumpOnCrash",
				"-XX:ErrorFile=" + this.directory.errorFilePattern(), "-Dstdout.encoding=UTF-8",
				"-Dstderr.encoding=UTF-8");
	}

	@Test
	void theHeapIsWhatWasSet() {
		assertThat(command(OPTIONS.withMaxHeap(100L << 20))).contains("-Xmx104857600");
	}

	@Test
	void theHeapIsNeverLessThanSixtyFourMegabytes() {
		List<String> command = command(OPTIONS, 1_000_000_000, 0).builder(this.directory, 1).command();
		assertThat(command).contains("-Xmx" + (64L << 20));
	}

	@Test
	void theParentsHeapCollectorAndAgentsAreNotInherited() {
		assertThat(command(OPTIONS)).filteredOn((word) -> word.startsWith("-Xmx")).hasSize(1);
		assertThat(command(OPTIONS)).noneMatch((word) -> word.contains("agent") || word.contains("jmxremote"));
	}

	@Test
	void systemPropertiesAreNotOnTheCommandLine() {
		assertThat(command(OPTIONS.withSystemProperties(Map.of("password", "secret"))))
			.noneMatch((word) -> word.contains("secret"));
	}

	@Test
	void theArgumentFileQuotesTheClassPath() throws IOException {
		command(OPTIONS.withClassPath("/my app/a.jar:/C\\b \"c\".jar:/#d"), 1, 0).prepare(this.directory);
		assertThat(Files.readAllLines(this.directory.argumentFile())).containsExactly("-cp",
				"\"/my app/a.jar:/C\\\\b \\\"c\\\".jar:/#d\"", "dev.taskqueue.worker.WorkerMain");
	}

	@Test
	void theArgumentFileHoldsTheApplicationsClassPathByDefault() throws IOException {
		command(OPTIONS, 1, 0).prepare(this.directory);
		assertThat(Files.readString(this.directory.argumentFile()))
			.contains(System.getProperty("java.class.path").replace("\\", "\\\\"));
	}

	@Test
	void theArgumentFileIsWrittenOnce() throws IOException {
		Files.writeString(this.directory.argumentFile(), "there");
		command(OPTIONS, 1, 0).prepare(this.directory);
		assertThat(this.directory.argumentFile()).hasContent("there");
	}

	@Test
	void variablesThatChangeTheCommandLineAreStripped() {
		Map<String, String> environment = command(OPTIONS, 1, 0).builder(this.directory, 1).environment();
		assertThat(environment).doesNotContainKey("JDK_JAVA_OPTIONS");
		assertThat(environment.getOrDefault("JAVA_TOOL_OPTIONS", "")).doesNotContain("agent");
	}

	@Test
	void theUsersVariablesAreAddedToTheInheritedOnes() {
		Map<String, String> environment = command(
				OPTIONS.withEnvironment(Map.of("TASKQUEUE_TEST", "1", "JDK_JAVA_OPTIONS", "-Da=b")), 1, 0)
			.builder(this.directory, 1)
			.environment();
		assertThat(environment).containsEntry("TASKQUEUE_TEST", "1")
			.containsEntry("JDK_JAVA_OPTIONS", "-Da=b")
			.containsKey("PATH");
	}

	@Test
	void workersThatLiveForAFewTasksCompileLess() {
		assertThat(words(100)).contains("-XX:CompileThresholdScaling=4");
		assertThat(words(101)).doesNotContain("-XX:CompileThresholdScaling=4");
		assertThat(words(0)).doesNotContain("-XX:CompileThresholdScaling=4");
	}

	/** As many as it has constructors of tasks to call. */
	@Test
	void workersThatLiveForAFewTasksMakeNoClassesForReflection() {
		assertThat(words(100)).contains("-Dsun.reflect.inflationThreshold=120");
		assertThat(words(101)).noneMatch((word) -> word.contains("inflation"));
	}

	@Test
	void loopsAreCompiledAsSoonAsInAnyOtherJvm() throws IOException {
		String defaults = loopThresholds(List.of());
		assertThat(defaults).contains("Tier3BackEdgeThreshold");
		List<String> fewTasks = words(100).stream()
			.filter((word) -> word.startsWith("-XX:CompileThreshold") || word.startsWith("-XX:Tier"))
			.toList();
		assertThat(loopThresholds(fewTasks)).isEqualTo(defaults);
		assertThat(loopThresholds(List.of("-XX:CompileThresholdScaling=4"))).isNotEqualTo(defaults);
	}

	@Test
	void workersDoNotLookForASelectorProviderThatTheApplicationHasFound() {
		String found = "-Djava.nio.channels.spi.SelectorProvider=" + SelectorProvider.provider().getClass().getName();
		assertThat(command(OPTIONS)).contains(found);
		assertThat(command(OPTIONS.withClassPath("a.jar"))).doesNotContain(found);
		assertThat(command(OPTIONS.withJavaHome(Path.of("/opt/java")))).doesNotContain(found);
	}

	/** Names and values, as the JVM of this test says with these flags. */
	private static String loopThresholds(List<String> flags) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
		command.addAll(flags);
		command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
		Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
		try (BufferedReader lines = process.inputReader()) {
			return lines.lines()
				.filter((line) -> line.matches(".*Tier[034]Back[eE]dge(Threshold|NotifyFreqLog) .*"))
				.map((line) -> line.replaceAll("\\{.*", "").replaceAll("\\s+", " "))
				.collect(Collectors.joining("\n"));
		}
	}

	private List<String> words(int requestsPerWorker) {
		return command(OPTIONS, 4, requestsPerWorker).builder(this.directory, 1).command();
	}

	private static WorkerCommand command(WorkerOptions options, int workers, int requestsPerWorker) {
		return new WorkerCommand(new PoolSettings("test", new PoolSettings.Limits(workers, requestsPerWorker, 0, 1024),
				Duration.ZERO, TaskOptions.defaults(), options, null, List.of()));
	}

	private List<String> command(WorkerOptions options) {
		return command(options, 4, 0).builder(this.directory, 1).command();
	}

}
