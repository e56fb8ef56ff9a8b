package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;

import dev.taskqueue.QueueStartException;
import dev.taskqueue.QueueStartException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

/**
 * The directory of one running pool, which only its user can enter: the socket, the
 * workers' pages, their JVMs' error files. A locked file in it says that its application
 * lives, so that the next pool can sweep what a killed application left behind. A process
 * id would not do: containers that share a directory do not see each other's.
 */
final class RuntimeDirectory {

	/** What a Unix domain socket's address holds, less the closing zero and one spare. */
	private static final int LONGEST_SOCKET_PATH = 106;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private static final String PREFIX = "taskqueue-";

	private static final String LOCK = "lock";

	private final Path path;

	/** Holds the lock while it is open. */
	private final FileChannel lock;

	private RuntimeDirectory(Path path) throws IOException {
		this.path = path;
		Path made = path.resolve("locked");
		this.lock = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		this.lock.lock();
		// What has its name and is not held is swept
		Files.move(made, path.resolve(LOCK));
	}

	/**
	 * Create a directory below the JVM's temporary directory.
	 * @return the directory
	 * @throws IOException if it cannot be created there
	 * @throws QueueStartException if a socket in it would have too long a path
	 */
	static RuntimeDirectory create() throws IOException {
		Path parent = Path.of(System.getProperty("java.io.tmpdir"));
		Path path = Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		RuntimeDirectory directory = new RuntimeDirectory(path);
		sweep(parent, Files.getOwner(path));
		int length = directory.socket().toString().getBytes(StandardCharsets.UTF_8).length;
		if (length > LONGEST_SOCKET_PATH) {
			directory.delete();
			throw new QueueStartException(Reason.SOCKET_PATH,
					"The path of the workers' socket, %s, takes %d bytes; the system allows %d."
						.formatted(directory.socket(), length, LONGEST_SOCKET_PATH),
					"Set -Djava.io.tmpdir to a directory with a shorter path, such as /tmp.", null);
		}
		return directory;
	}

	Path socket() {
		return this.path.resolve("s");
	}

	/** Where a process that makes an archive connects to. */
	Path trainingSocket() {
		return this.path.resolve("t");
	}

	Path page(int worker) {
		return this.path.resolve("page-" + worker);
	}

	/** Where a worker's JVM writes down which classes it loads. */
	Path loadedClasses(int worker) {
		return this.path.resolve("classes-" + worker);
	}

	Path argumentFile() {
		return this.path.resolve("args");
	}

	/** Where the JVM writes its error file; it replaces {@code %p} by the pid. */
	String errorFilePattern() {
		return this.path.resolve("hs_err_%p.log").toString();
	}

	Path errorFile(long pid) {
		return this.path.resolve("hs_err_" + pid + ".log");
	}

	void delete() {
		delete(this.path);
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			logger.debug("Cannot close the lock of {}", this.path, ex);
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	private static void sweep(Path parent, UserPrincipal self) {
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
			for (Path directory : directories) {
				// Others can put there what they like: a link, a pipe that blocks who
				// opens it
				if (Files.isDirectory(directory, NOFOLLOW_LINKS)
						&& Files.getOwner(directory, NOFOLLOW_LINKS).equals(self) && !isOwn(directory)
						&& isAbandoned(directory.resolve(LOCK))) {
					delete(directory);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot look for what earlier applications left in {}", parent, ex);
		}
	}

	/**
	 * Whether this very JVM has made the directory. Its lock must not be tried: closing
	 * the file again would release it. The time tells it from one of an earlier process
	 * that had the same pid, as is usual in containers.
	 */
	private static boolean isOwn(Path directory) throws IOException {
		Instant started = ProcessHandle.current().info().startInstant().orElse(Instant.MIN);
		return directory.getFileName().toString().startsWith(PREFIX + ProcessHandle.current().pid() + "-")
				&& !Files.getLastModifiedTime(directory).toInstant().isBefore(started);
	}

	/** Whether nobody holds the lock; one that is not made yet is held. */
	private static boolean isAbandoned(Path lock) {
		if (!Files.isRegularFile(lock, NOFOLLOW_LINKS)) {
			return false;
		}
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
				FileLock held = channel.tryLock()) {
			return held != null;
		}
		catch (IOException | OverlappingFileLockException ex) {
			return false;
		}
	}

	private static void delete(Path directory) {
		if (Files.notExists(directory)) {
			return; // somebody was faster
		}
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
			Files.deleteIfExists(directory);
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.warn("Cannot delete {}", directory, ex);
		}
	}

}
