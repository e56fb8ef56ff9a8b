package dev.taskqueue.pool;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import dev.taskqueue.QueueStartException;
import dev.taskqueue.QueueStartException.Reason;
import dev.taskqueue.WorkerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses at a queue's start what no launch could make good, as far as a look at the
 * files tells: a Java installation that is none, and a class path without us. The
 * application's own are not looked at: they run it. Stateless.
 */
final class LaunchCheck {

	private static final String MAIN_CLASS = "dev/taskqueue/worker/WorkerMain.class";

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private LaunchCheck() {
	}

	static void check(String queue, WorkerOptions options) {
		if (options.javaHome() != null) {
			checkJavaHome(queue, options.javaHome());
		}
		if (options.classPath() != null) {
			checkClassPath(queue, options.classPath());
		}
	}

	private static void checkJavaHome(String queue, Path home) {
		if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
			throw new QueueStartException(Reason.JAVA_HOME,
					"Queue '%s' cannot be started: taskqueue.worker.java-home is %s, which has no program bin/java that this user can execute."
						.formatted(queue, home),
					"Set taskqueue.worker.java-home to the home directory of a Java installation, 17 or later, or leave it out: workers then run on the application's own, %s."
						.formatted(System.getProperty("java.home")),
					null);
		}
	}

	private static void checkClassPath(String queue, String classPath) {
		List<Path> entries = Stream.of(classPath.split(File.pathSeparator)).map(LaunchCheck::path).toList();
		List<Path> missing = entries.stream().filter((entry) -> !Files.isReadable(entry)).toList();
		if (entries.stream().noneMatch(LaunchCheck::mayHoldUs)) {
			String unreadable = missing.isEmpty() ? ""
					: " Not there, or not readable for this user: " + listed(missing) + ".";
			throw new QueueStartException(Reason.CLASS_PATH,
					"Queue '%s' cannot be started: nothing on taskqueue.worker.class-path contains taskqueue-core, of which a worker's main class is part.%s"
						.formatted(queue, unreadable),
					"Correct taskqueue.worker.class-path: it replaces the application's class path and must contain taskqueue-core, slf4j-api and the tasks' classes. Leave it out to give workers the application's own.",
					null);
		}
		if (!missing.isEmpty()) {
			logger.warn("Queue '{}': on taskqueue.worker.class-path, these are not there or not readable: {}", queue,
					listed(missing));
		}
	}

	/** An entry; with a wildcard, the directory of its jars. */
	private static Path path(String entry) {
		String name = entry.endsWith(File.separator + "*") ? entry.substring(0, entry.length() - 1) : entry;
		try {
			return Path.of(name);
		}
		catch (InvalidPathException ex) {
			return Path.of("");
		}
	}

	private static boolean mayHoldUs(Path entry) {
		if (Files.isRegularFile(entry)) {
			return jarMayHoldUs(entry);
		}
		if (Files.isRegularFile(entry.resolve(MAIN_CLASS))) {
			return true;
		}
		try (Stream<Path> files = Files.list(entry)) {
			return files.anyMatch((file) -> file.toString().endsWith(".jar"));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** One with a class path or a loader of its own may find us elsewhere. */
	private static boolean jarMayHoldUs(Path file) {
		try (JarFile jar = new JarFile(file.toFile())) {
			Attributes manifest = (jar.getManifest() != null) ? jar.getManifest().getMainAttributes()
					: new Attributes();
			return jar.getEntry(MAIN_CLASS) != null || manifest.containsKey(Attributes.Name.CLASS_PATH)
					|| Objects.toString(manifest.getValue(Attributes.Name.MAIN_CLASS), "")
						.startsWith("org.springframework.boot.loader.");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String listed(List<Path> paths) {
		return String.join(", ", paths.stream().map(Path::toString).toList());
	}

}
