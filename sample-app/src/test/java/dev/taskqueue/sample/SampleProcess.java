package dev.taskqueue.sample;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The sample application in a JVM of its own. Closing kills whatever is left of it.
 */
class SampleProcess implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	private final Process process;

	private final Thread reader;

	/** From the class path, as an IDE or the build does. */
	static SampleProcess exploded(Path directory) throws IOException {
		return new SampleProcess(directory,
				List.of("-cp", System.getProperty("java.class.path"), SampleApplication.class.getName()));
	}

	/** From the executable jar this build has made. */
	static SampleProcess executableJar(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			Path jar = files.filter((file) -> file.getFileName().toString().matches("sample-app-.*\\.jar"))
				.findFirst()
				.orElseThrow();
			return new SampleProcess(directory, List.of("-jar", jar.toAbsolutePath().toString()));
		}
	}

	private SampleProcess(Path directory, List<String> what) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(System.getProperty("java.home") + File.separator + "bin/java");
		command.add("-Djava.io.tmpdir=" + directory);
		command.add("-Dtaskqueue.worker.cache-directory=" + directory.resolve("cache"));
		command.addAll(what);
		command.add("--server.port=0");
		this.process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
		this.reader = new Thread(this::read, "sample-output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/** Waits for the application and returns its port. */
	int awaitPort() {
		return Awaitility.await("start of the application")
			.atMost(Duration.ofSeconds(60))
			.failFast("application ended", () -> !this.process.isAlive())
			.until(() -> this.output.stream().flatMap(SampleProcess::port).findFirst(), (port) -> port.isPresent())
			.orElseThrow();
	}

	/**
	 * Send a signal, as a terminal or a service manager does.
	 * @param signal its name without {@code SIG}
	 */
	void signal(String signal) throws IOException, InterruptedException {
		// The shell's own kill: not every system has the program.
		new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, this.process.pid())).inheritIO()
			.start()
			.waitFor();
	}

	/** Waits for the end of the process and of its output, and returns the exit code. */
	int awaitExit(Duration timeout) throws InterruptedException {
		if (!this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new AssertionError("Still running after %s: %s".formatted(timeout, this));
		}
		this.reader.join(timeout.toMillis());
		return this.process.exitValue();
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	@Override
	public String toString() {
		return "process " + pid() + ", output:\n" + String.join("\n", this.output);
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader()) {
			lines.lines().forEach(this.output::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.output.add("(output ended: " + ex + ")");
		}
	}

	private static Stream<Integer> port(String line) {
		return STARTED.matcher(line).results().map((MatchResult match) -> Integer.valueOf(match.group(1)));
	}

}
