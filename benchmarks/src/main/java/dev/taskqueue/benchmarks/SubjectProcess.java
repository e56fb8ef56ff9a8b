package dev.taskqueue.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.taskqueue.benchmarks.subject.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Our end of a subject in its process: a line to ask, a line as the answer. What it says
 * otherwise goes to a file. Used by one thread.
 */
final class SubjectProcess implements AutoCloseable {

	private static final Duration START = Duration.ofMinutes(1);

	private static final Duration RUN = Duration.ofMinutes(3);

	private static final long END_SECONDS = 20;

	private static final int LAST_LINES = 15;

	private final Process process;

	private final Path log;

	private final BufferedWriter requests;

	private final BufferedReader answers;

	private final Arguments greeting;

	private SubjectProcess(Process process, Path log) throws IOException {
		this.process = process;
		this.log = log;
		this.requests = process.outputWriter();
		this.answers = process.inputReader();
		this.greeting = answer("to start", START);
	}

	static SubjectProcess start(List<String> command, Path log) throws IOException {
		return new SubjectProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
	}

	/** Its version, and that of what it runs on. */
	Arguments greeting() {
		return this.greeting;
	}

	void open(Arguments settings) throws IOException {
		ask("open " + settings, START);
	}

	Arguments run(String drill, Arguments arguments) throws IOException {
		return ask("run " + drill + " " + arguments, RUN);
	}

	void shut() throws IOException {
		ask("close", START);
	}

	/** Its children and theirs. */
	long descendants() {
		return this.process.descendants().count();
	}

	/** Ends it; by force if it takes too long, then with everything it has started. */
	@Override
	public void close() {
		try {
			this.requests.close();
		}
		catch (IOException ex) {
			// It has ended
		}
		List<ProcessHandle> descendants = this.process.descendants().toList();
		try {
			this.process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			this.process.destroyForcibly();
			descendants.forEach(ProcessHandle::destroyForcibly);
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private Arguments ask(String request, Duration patience) throws IOException {
		this.requests.write(request);
		this.requests.newLine();
		this.requests.flush();
		return answer("to '" + request + "'", patience);
	}

	private Arguments answer(String what, Duration patience) throws IOException {
		String line;
		try {
			line = CompletableFuture.supplyAsync(this::readLine).get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException("no answer " + what + " within " + patience.toSeconds() + " s" + lastLines(), ex);
		}
		if (line == null) {
			throw new IOException("it has ended, asked " + what + lastLines());
		}
		if (!line.startsWith("ok")) {
			throw new IOException("asked " + what + " it " + line + lastLines());
		}
		return Arguments.parse(line);
	}

	private @Nullable String readLine() {
		try {
			return this.answers.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String lastLines() throws IOException {
		List<String> lines = Files.readAllLines(this.log);
		return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
	}

}
