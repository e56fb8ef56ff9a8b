package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one running pool, which only its user can enter: the socket, the
 * workers' pages, their JVMs' error files. Named after the application's pid, so that the
 * next pool can sweep what a killed application left behind.
 */
final class RuntimeDirectory {

	/** What a Unix domain socket's address holds, less the closing zero and one spare. */
	private static final int LONGEST_SOCKET_PATH = 106;

	private static final Pattern NAME = Pattern.compile("taskqueue-(\\d+)-.*");

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final Path path;

	private RuntimeDirectory(Path path) {
		this.path = path;
	}

	/**
	 * Create a directory below the JVM's temporary directory.
	 * @return the directory
	 * @throws IOException if it cannot be created there
	 */
	static RuntimeDirectory create() throws IOException {
		Path parent = Path.of(System.getProperty("java.io.tmpdir"));
		sweep(parent);
		Path path = Files.createTempDirectory(parent, "taskqueue-" + ProcessHandle.current().pid() + "-",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		RuntimeDirectory directory = new RuntimeDirectory(path);
		int length = directory.socket().toString().getBytes(StandardCharsets.UTF_8).length;
		if (length > LONGEST_SOCKET_PATH) {
			directory.delete();
			throw new IOException("The path of the workers' socket, %s, takes %d bytes; the system allows %d. "
				.formatted(directory.socket(), length, LONGEST_SOCKET_PATH)
					+ "Set -Djava.io.tmpdir to a directory with a shorter name");
		}
		return directory;
	}

	Path socket() {
		return this.path.resolve("s");
	}

	Path page(int worker) {
		return this.path.resolve("page-" + worker);
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
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	private static void sweep(Path parent) {
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, "taskqueue-*")) {
			for (Path directory : directories) {
				Matcher name = NAME.matcher(directory.getFileName().toString());
				if (name.matches() && Files.isDirectory(directory) && Files.isWritable(directory)
						&& ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
					delete(directory);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Cannot look for what earlier applications left in {}", parent, ex);
		}
	}

	private static void delete(Path directory) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
			Files.deleteIfExists(directory);
		}
		catch (IOException ex) {
			logger.warn("Cannot delete {}", directory, ex);
		}
	}

}
