package dev.taskqueue.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.taskqueue.benchmarks.subject.Arguments;
import dev.taskqueue.benchmarks.subject.SubjectMain;

/**
 * Starts the processes of subjects. Each lane has one of its own, fresh for each
 * scenario; where numbers mean nothing, they are used again.
 */
final class Subjects implements AutoCloseable {

	/** Those that need no library but the engine's. */
	private static final Set<String> ENGINE = Set.of("taskqueue", "bare-loops", "bare-starts");

	private final Options options;

	private final Path scratch;

	private final Map<String, Deque<SubjectProcess>> kept = new HashMap<>();

	private final SortedMap<String, Arguments> greetings = new TreeMap<>();

	private int started;

	Subjects(Options options, Path scratch) {
		this.options = options;
		this.scratch = scratch;
	}

	/**
	 * A process with this subject in it.
	 * @param subject its name
	 * @return the process
	 * @throws MissingException if something is not installed
	 * @throws IOException if it does not start
	 */
	SubjectProcess acquire(String subject) throws IOException {
		SubjectProcess known = this.kept.computeIfAbsent(subject, (name) -> new ArrayDeque<>()).poll();
		if (known != null) {
			return known;
		}
		Path log = this.scratch.resolve(subject + "-" + ++this.started + ".log");
		SubjectProcess process = SubjectProcess.start(command(subject), log);
		this.greetings.put(subject, process.greeting());
		return process;
	}

	void release(String subject, SubjectProcess process) {
		if (this.options.scale() == Scale.SMOKE) {
			this.kept.computeIfAbsent(subject, (name) -> new ArrayDeque<>()).add(process);
		}
		else {
			process.close();
		}
	}

	/** What those that were started have said of their versions. */
	Map<String, Arguments> greetings() {
		return this.greetings;
	}

	@Override
	public void close() {
		this.kept.values().stream().flatMap(Deque::stream).parallel().forEach(SubjectProcess::close);
	}

	private List<String> command(String subject) throws IOException {
		Optional<PythonPeer> python = PythonPeer.named(subject);
		if (python.isPresent()) {
			return python.get()
				.command(this.options.python(), this.scratch)
				.orElseThrow(() -> new MissingException(python.get().packages()));
		}
		String classPath = ENGINE.contains(subject) ? EngineClassPath.in(this.scratch)
				: System.getProperty("java.class.path");
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dbenchmarks.scratch=" + this.scratch, "-cp", classPath, SubjectMain.class.getName(), subject);
	}

	/**
	 * Something is not installed.
	 */
	static final class MissingException extends IOException {

		MissingException(String packages) {
			super("not installed; Debian: " + packages);
		}

	}

}
