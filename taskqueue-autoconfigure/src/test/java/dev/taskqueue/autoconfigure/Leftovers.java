package dev.taskqueue.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a queue that is gone may not leave behind in this JVM and on this machine. */
final class Leftovers {

	private Leftovers() {
	}

	/** Processes, threads and directories, empty if there are none. */
	static List<String> all() {
		Stream<String> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("taskqueue-"));
		return Stream.of(processes(), threads, files()).flatMap((all) -> all).toList();
	}

	/** Workers and watchdogs. */
	static Stream<String> processes() {
		return ProcessHandle.current()
			.descendants()
			.filter(ProcessHandle::isAlive)
			.map((process) -> "process " + process.pid() + " " + process.info().command().orElse(""));
	}

	private static Stream<String> files() {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith("taskqueue-" + ProcessHandle.current().pid() + "-"))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
