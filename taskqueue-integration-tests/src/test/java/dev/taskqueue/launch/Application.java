package dev.taskqueue.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application in a JVM of its own, from its start to its end. It and its workers run
 * on the JDK that {@value #JAVA_HOME} names, on this one otherwise, and see a temporary
 * and a cache directory that belong to the test.
 */
final class Application {

	/** An environment variable. */
	static final String JAVA_HOME = "TASKQUEUE_TEST_JAVA_HOME";

	private static final long LONGEST_SECONDS = 60;

	private final Path scratch;

	private final List<String> options = new ArrayList<>();

	private final Map<String, String> environment = new HashMap<>();

	private Path directory;

	/** Whether no other application has the same cache and temporary directory. */
	private boolean alone = true;

	/** Its standard input is open for as long as this has not come true. */
	private @Nullable Callable<Boolean> until;

	/**
	 * Create an application, which is not started yet.
	 * @param scratch an empty directory
	 */
	Application(Path scratch) {
		this.scratch = scratch;
		this.directory = scratch;
	}

	/**
	 * An archive this build has made: {@code .jar}, {@code .jar.original} or
	 * {@code -war.jar}, as Spring Boot's plugin calls the war of a project like this.
	 */
	static Path artifact(String suffix) {
		return Path.of(System.getProperty("taskqueue.test.artifact") + suffix);
	}

	/** Everything the application needs, as an IDE would list it. */
	static String classPath() {
		// Without the empty entry at the end that the build's tests have
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> !entry.isEmpty())
			.collect(Collectors.joining(File.pathSeparator));
	}

	static Path javaHome() {
		String chosen = System.getenv(JAVA_HOME);
		return Path.of((chosen != null) ? chosen : System.getProperty("java.home"));
	}

	/** Where it and its workers keep what makes them start faster. */
	Path cache() {
		return this.scratch.resolve("cache");
	}

	Path temporary() {
		return this.scratch.resolve("tmp");
	}

	Application in(Path workingDirectory) {
		this.directory = workingDirectory;
		return this;
	}

	/** What is in the directories may be of others that still run. */
	Application besideOthers() {
		this.alone = false;
		return this;
	}

	/** Let an application that lingers do so until then. */
	Application whileAlive(Callable<Boolean> condition) {
		this.until = condition;
		return this;
	}

	Application withEnvironment(String name, String value) {
		this.environment.put(name, value);
		return this;
	}

	Application with(String... more) {
		this.options.addAll(List.of(more));
		return this;
	}

	/** Run it to its end, and see that it leaves nothing in the temporary directory. */
	Run java(String... what) throws IOException, InterruptedException {
		return run(command(what));
	}

	/** Run it until a condition is true, and kill it then. */
	void killWhen(Callable<Boolean> condition, String... what) throws IOException, InterruptedException {
		Process process = builder(command(what)).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		try {
			Awaitility.await().atMost(Duration.ofSeconds(LONGEST_SECONDS)).until(condition);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private List<String> command(String... what) {
		List<String> command = new ArrayList<>();
		command.add(javaHome().resolve("bin").resolve("java").toString());
		command.add("-Djava.io.tmpdir=" + temporary());
		command.add("-XX:TieredStopAtLevel=1"); // it lives for a moment
		command.addAll(this.options);
		command.addAll(List.of(what));
		return command;
	}

	private ProcessBuilder builder(List<String> command) throws IOException {
		Files.createDirectories(temporary());
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true);
		builder.environment().put("XDG_CACHE_HOME", cache().toString());
		builder.environment().put("JAVA_HOME", javaHome().toString()); // for Maven
		builder.environment().putIfAbsent("LC_ALL", "C.UTF-8"); // names of files
		builder.environment().putAll(this.environment);
		return builder;
	}

	Run run(List<String> command) throws IOException, InterruptedException {
		Path output = this.scratch.resolve("output-" + System.nanoTime());
		Process process = builder(command).redirectOutput(output.toFile()).start();
		try {
			Callable<Boolean> condition = this.until;
			this.until = null;
			if (condition != null) {
				Awaitility.await().atMost(Duration.ofSeconds(LONGEST_SECONDS)).until(condition);
			}
			process.getOutputStream().close();
			assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as("ended in time: %s", command).isTrue();
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
		List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
		if (this.alone) {
			assertThat(leftBehind()).as(String.join("\n", lines)).isEmpty();
		}
		return new Run(process.exitValue(), lines);
	}

	/** Whether the JVM of the last worker says so, in the file it was told to write. */
	boolean isLoadedFromArchive(Run run) throws IOException {
		return Files.readAllLines(this.scratch.resolve("load-" + run.fact("pid") + ".log"))
			.stream()
			.anyMatch((line) -> line.contains("dev.taskqueue.worker.WorkerMain source: shared objects file"));
	}

	/** What an application that has ended should have deleted. */
	List<Path> leftBehind() throws IOException {
		try (Stream<Path> temporary = Files.walk(temporary());
				Stream<Path> cached = Files.isDirectory(cache()) ? Files.walk(cache()) : Stream.empty()) {
			return Stream
				.concat(temporary.filter((file) -> file.getFileName().toString().startsWith("taskqueue")),
						cached.filter((file) -> file.getFileName().toString().startsWith(".unfinished")))
				.toList();
		}
	}

	/**
	 * What is left of an application.
	 *
	 * @param exitCode its exit code
	 * @param output what it has written
	 */
	record Run(int exitCode, List<String> output) {

		private static final String FACT = "fact ";

		/** What its worker has said of itself; fails if there was none. */
		Map<String, String> worker() {
			Map<String, String> facts = this.output.stream()
				.filter((line) -> line.startsWith(FACT))
				.map((line) -> line.substring(FACT.length()).split("=", 2))
				.collect(Collectors.toMap((words) -> words[0], (words) -> words[1]));
			assertThat(facts).as(toString())
				.containsEntry("worker", "true")
				.containsEntry("resource", "found")
				.containsEntry("package", "true");
			assertThat(this.exitCode).as(toString()).isZero();
			return facts;
		}

		String fact(String name) {
			return Objects.requireNonNull(worker().get(name), name);
		}

		boolean usesBootLoader() {
			return fact("loader").startsWith("org.springframework.boot.loader.");
		}

		String text() {
			return String.join("\n", this.output);
		}

		@Override
		public String toString() {
			return "exit code %d, output:%n%s".formatted(this.exitCode, text());
		}

	}

}
