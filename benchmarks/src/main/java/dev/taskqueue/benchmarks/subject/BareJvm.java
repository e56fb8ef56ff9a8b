package dev.taskqueue.benchmarks.subject;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A JVM that knows one small program and nothing else. It answers each line with a line,
 * and ends with its standard input.
 */
final class BareJvm implements AutoCloseable {

	private final Process process;

	private final BufferedReader answers;

	private final BufferedWriter requests;

	private BareJvm(Process process) {
		this.process = process;
		this.answers = process.inputReader();
		this.requests = process.outputWriter();
	}

	static BareJvm start(List<String> flags, Class<?> program, Class<?>... others) throws IOException {
		return new BareJvm(new ProcessBuilder(command(flags, program, others)).redirectError(Redirect.INHERIT).start());
	}

	/** The command that runs a program, with only these classes on its class path. */
	static List<String> command(List<String> flags, Class<?> program, Class<?>... others) throws IOException {
		Path classes = Path.of(System.getProperty("benchmarks.scratch"), program.getSimpleName());
		copy(program, classes);
		for (Class<?> other : others) {
			copy(other, classes);
		}
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(flags);
		command.addAll(List.of("-cp", classes.toString(), program.getName()));
		return command;
	}

	private static void copy(Class<?> type, Path directory) throws IOException {
		String name = type.getName().replace('.', '/') + ".class";
		Path file = directory.resolve(name);
		Files.createDirectories(directory.resolve(name.substring(0, name.lastIndexOf('/'))));
		try (InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + name), name)) {
			Files.write(file, in.readAllBytes());
		}
	}

	long pid() {
		return this.process.pid();
	}

	void tell(String line) throws IOException {
		this.requests.write(line);
		this.requests.newLine();
		this.requests.flush();
	}

	String answer() throws IOException {
		String line = this.answers.readLine();
		if (line == null) {
			throw new IOException("A bare JVM has ended");
		}
		return line;
	}

	String ask(String line) throws IOException {
		tell(line);
		return answer();
	}

	@Override
	public void close() throws IOException {
		this.requests.close();
		this.process.onExit().join();
	}

}
