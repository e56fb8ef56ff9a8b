package dev.taskqueue.pool;

import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.taskqueue.WorkerOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes a worker loads at its start in the form the JVM has them in memory: an
 * archive for class data sharing or, from 25 on, an AOT cache. Its name stands for the
 * JVM, its arguments and the jars; so what changes makes another one. The JVM checks an
 * archive itself and does without one it does not like.
 * <p>
 * Made by {@link ArchiveTraining}, once: a file beside it says that somebody has tried.
 */
final class ClassArchive {

	/** How many files stay: archives, their classes, and the signs of attempts. */
	private static final int KEPT = 36;

	/** An archive with so many of tasks is not made again for more. */
	private static final int MOST_CLASSES = 20_000;

	/** An attempt whose application was killed may be repeated after this. */
	private static final Duration FORGOTTEN = Duration.ofDays(1);

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final CacheDirectory directory;

	private final JavaHome java;

	private final Path file;

	private final Path attempt;

	private final Path classes;

	private volatile boolean distrusted;

	private ClassArchive(CacheDirectory directory, JavaHome java, String key) {
		this.directory = directory;
		this.java = java;
		this.file = directory.path().resolve(key + ".archive");
		this.attempt = directory.path().resolve(key + ".tried");
		this.classes = directory.path().resolve(key + ".classes");
	}

	/**
	 * Find out where an archive is, or would be.
	 * @param classPath the worker's class path
	 * @param java the worker's JVM
	 * @param arguments the JVM's arguments that are the same for all workers
	 * @param options the user's options, which may name the cache directory
	 * @return the archive, or {@code null} if there cannot be one
	 */
	static @Nullable ClassArchive of(ClassPath classPath, JavaHome java, List<String> arguments,
			WorkerOptions options) {
		try {
			List<File> files = classPath.files();
			if (!java.isKnown() || files.stream().anyMatch(File::isDirectory)) {
				return null; // the JVM makes no archive of classes that are not in jars
			}
			return new ClassArchive(CacheDirectory.of(options).below("classes"), java, key(files, java, arguments));
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Workers start without an archive of their classes", ex);
			return null;
		}
	}

	/** Options that use the archive; none if it is not there. */
	List<String> use() {
		if (this.distrusted || !Files.isRegularFile(this.file)) {
			return List.of();
		}
		return this.java.readArchive(this.file);
	}

	/** Workers fail to start: perhaps because of it. */
	void distrust() {
		if (!this.distrusted) {
			this.distrusted = true;
			CacheDirectory.delete(this.file);
		}
	}

	/** Options that make an archive. */
	List<String> make(Path unfinished) {
		return this.java.writeArchive(unfinished);
	}

	/**
	 * Whether it is this caller who shall make it, or make it anew because it lacks
	 * classes that tasks have.
	 * @param lacking names of the classes
	 */
	boolean claim(Set<String> lacking) throws IOException {
		if (Files.exists(this.file)) {
			Set<String> classes = classes();
			for (Path used : List.of(this.file, this.attempt, this.classes)) {
				if (Files.exists(used)) {
					CacheDirectory.touch(used);
				}
			}
			return classes.size() < MOST_CLASSES && !classes.containsAll(lacking);
		}
		try {
			if (!this.distrusted && Files.exists(this.attempt)
					&& Files.getLastModifiedTime(this.attempt).toInstant().isBefore(Instant.now().minus(FORGOTTEN))) {
				Files.deleteIfExists(this.attempt);
			}
			Files.createFile(this.attempt);
			this.directory.sweep(KEPT, (file) -> true);
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
	}

	/** Names of the classes of tasks it was made with. */
	Set<String> classes() throws IOException {
		return Files.isRegularFile(this.classes) ? new LinkedHashSet<>(Files.readAllLines(this.classes)) : Set.of();
	}

	/**
	 * It was made with these, or was to be: whatever has come of it, it is not to be made
	 * for them again.
	 */
	void remember(Collection<String> classes) throws IOException {
		Path unfinished = unfinished();
		Files.write(unfinished.resolve("classes"), classes);
		Files.move(unfinished.resolve("classes"), this.classes, StandardCopyOption.ATOMIC_MOVE);
		CacheDirectory.delete(unfinished);
	}

	/** It was not made for a reason that says nothing about the next time. */
	void release() {
		CacheDirectory.delete(this.attempt);
	}

	Path unfinished() throws IOException {
		return this.directory.unfinished();
	}

	void publish(Path unfinished) throws IOException {
		Files.move(unfinished, this.file, StandardCopyOption.ATOMIC_MOVE);
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

	private static String key(List<File> files, JavaHome java, List<String> arguments) throws IOException {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			try (DataOutputStream out = new DataOutputStream(
					new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
				out.writeUTF(java.identity());
				for (String argument : arguments) {
					out.writeUTF(argument);
				}
				for (File file : files) {
					out.writeUTF(file.getPath());
					out.writeUTF(state(file.toPath()));
				}
			}
			return HexFormat.of().formatHex(digest.digest(), 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex); // every JDK has it
		}
	}

	/**
	 * Builds that can be repeated give every jar the same time, and the size can be the
	 * same, too. When a file was changed last is something else than the time it shows.
	 */
	private static String state(Path file) throws IOException {
		if (!Files.exists(file)) {
			return "missing";
		}
		Map<String, Object> state = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
		return "%s %s %s %s".formatted(state.get("size"), state.get("lastModifiedTime"), state.get("ctime"),
				state.get("ino"));
	}

}
