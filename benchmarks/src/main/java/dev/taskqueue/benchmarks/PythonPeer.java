package dev.taskqueue.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A peer that Python brings, or a package of Debian's.
 */
enum PythonPeer {

	POOL("multiprocessing", "python3"),

	EXECUTOR("concurrent.futures", "python3"),

	PEBBLE("pebble", "python3-pebble"),

	LOKY("joblib.externals.loky", "python3-joblib"),

	CELERY("celery, redis", "python3-celery python3-redis redis-server");

	/** Names the interpreter to use, unless the command line does. */
	static final String VARIABLE = "TASKQUEUE_BENCHMARKS_PYTHON";

	/** The system's own, whose packages are the distribution's. */
	private static final String SYSTEM = "/usr/bin/python3";

	private static final List<String> SOURCES = List.of("driver.py", "drills.py", "tasks.py", "celery_tasks.py",
			"peer_pool.py", "peer_executor.py", "peer_pebble.py", "peer_loky.py", "peer_celery.py");

	private final String modules;

	private final String packages;

	PythonPeer(String modules, String packages) {
		this.modules = modules;
		this.packages = packages;
	}

	/** The peer of that name, if it is one. */
	static Optional<PythonPeer> named(String subject) {
		return Stream.of(values()).filter((peer) -> peer.subject().equals(subject)).findFirst();
	}

	String subject() {
		return name().toLowerCase(java.util.Locale.ROOT);
	}

	/** What to install. */
	String packages() {
		return this.packages;
	}

	/**
	 * The command that starts its driver.
	 * @param python the interpreter to use; otherwise the first that has the modules
	 * @param scratch where the driver's sources may lie
	 * @return the command, or nothing if a module, or a program, is missing
	 */
	Optional<List<String>> command(@Nullable String python, Path scratch) throws IOException {
		if (this == CELERY && !isOnPath("redis-server")) {
			return Optional.empty();
		}
		Path sources = scratch.resolve("python");
		for (String candidate : interpreters(python)) {
			if (hasModules(candidate)) {
				unpack(sources);
				return Optional
					.of(List.of(candidate, "-B", sources.resolve("driver.py").toString(), "peer_" + subject()));
			}
		}
		return Optional.empty();
	}

	private boolean hasModules(String python) {
		try {
			return new ProcessBuilder(python, "-B", "-c", "import " + this.modules).redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.DISCARD)
				.start()
				.onExit()
				.join()
				.exitValue() == 0;
		}
		catch (IOException ex) {
			return false; // no such program
		}
	}

	private static Set<String> interpreters(@Nullable String python) {
		Set<String> candidates = new LinkedHashSet<>();
		String wanted = (python != null) ? python : System.getenv(VARIABLE);
		if (wanted != null) {
			candidates.add(wanted);
		}
		else {
			candidates.add(SYSTEM);
			candidates.add("python3");
		}
		return candidates;
	}

	private static boolean isOnPath(String program) {
		return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

	private static void unpack(Path directory) throws IOException {
		Files.createDirectories(directory);
		for (String source : SOURCES) {
			try (var in = Objects.requireNonNull(PythonPeer.class.getResourceAsStream("python/" + source), source)) {
				Files.write(directory.resolve(source), in.readAllBytes());
			}
		}
	}

}
