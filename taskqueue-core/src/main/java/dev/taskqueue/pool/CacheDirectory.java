package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.taskqueue.WorkerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

/**
 * Where copies live that make workers start faster, for all applications of a user.
 * Workers load classes from it, so it is used only if nobody else can write to it. All of
 * it may be deleted while no application runs.
 *
 * @param path an existing directory
 */
record CacheDirectory(Path path) {

	/** What is not complete after this time never will be. */
	private static final long ABANDONED_SECONDS = 3600;

	private static final String UNFINISHED = ".unfinished-";

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	/**
	 * Find the directory, or make it.
	 * @param options the user's options
	 * @return a directory only this user can write to
	 * @throws IOException if there is none
	 */
	static CacheDirectory of(WorkerOptions options) throws IOException {
		Path chosen = options.cacheDirectory();
		return new CacheDirectory(secured((chosen != null) ? chosen.toAbsolutePath() : usual()));
	}

	/** A directory below this one. */
	CacheDirectory below(String name) throws IOException {
		return new CacheDirectory(secured(this.path.resolve(name)));
	}

	/** The name of something that gets its own name when it is complete. */
	Path unfinished() throws IOException {
		return Files.createTempDirectory(this.path, UNFINISHED);
	}

	/** Say that something is in use, so that it is swept later than what is not. */
	static void touch(Path file) throws IOException {
		Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
	}

	/**
	 * Delete what has not been used for longest, and what was left unfinished.
	 * @param kept how many may stay
	 * @param unused asked before something is deleted
	 */
	void sweep(int kept, Predicate<Path> unused) {
		try (Stream<Path> all = Files.list(this.path)) {
			List<Path> lastUsedFirst = all.sorted(Comparator.comparing(CacheDirectory::used).reversed()).toList();
			int seen = 0;
			for (Path file : lastUsedFirst) {
				if (file.getFileName().toString().startsWith(UNFINISHED)) {
					if (used(file).isBefore(Instant.now().minusSeconds(ABANDONED_SECONDS))) {
						delete(file);
					}
				}
				else if (++seen > kept && unused.test(file)) {
					delete(file);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot sweep {}", this.path, ex);
		}
	}

	static void delete(Path file) {
		try (Stream<Path> below = Files.walk(file)) {
			for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(each);
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot delete {}", file, ex);
		}
	}

	private static Instant used(Path file) {
		try {
			return Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant();
		}
		catch (IOException ex) {
			return Instant.MIN; // gone meanwhile
		}
	}

	private static Path usual() throws IOException {
		String configured = System.getenv("XDG_CACHE_HOME");
		if (configured != null && configured.startsWith("/")) {
			return Path.of(configured, "taskqueue");
		}
		Path home = Path.of(System.getProperty("user.home"));
		if (!home.isAbsolute() || !Files.isDirectory(home)) {
			throw new IOException("the user has no home directory"); // in containers: "?"
		}
		return home.resolve(".cache").resolve("taskqueue");
	}

	private static Path secured(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class, NOFOLLOW_LINKS);
		Set<PosixFilePermission> permissions = attributes.permissions();
		if (!attributes.isDirectory() || permissions.contains(PosixFilePermission.GROUP_WRITE)
				|| permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
			throw new IOException(directory + " is not a directory that only its owner can write to");
		}
		// Whose a new file is tells who we are, whatever the system calls this user
		Path probe = Files.createTempFile(directory, UNFINISHED, null);
		try {
			if (!Files.getOwner(probe).equals(attributes.owner())) {
				throw new IOException(directory + " belongs to another user");
			}
		}
		finally {
			Files.delete(probe);
		}
		return directory;
	}

}
