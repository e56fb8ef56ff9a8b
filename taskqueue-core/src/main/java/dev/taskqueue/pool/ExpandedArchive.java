package dev.taskqueue.pool;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries of an executable archive as files of their own, and its classes as one
 * more. They are kept under what the archive contains, not under its name or time: a
 * changed one is another one, whatever its time says. Complete from the moment it has its
 * name; two applications that make it at once both get one.
 * <p>
 * A lock is held until this JVM ends, because a worker opens a library when it first
 * needs a class of it; what nobody has locked may be swept.
 */
final class ExpandedArchive {

	/** How many archives stay that no application uses just now. */
	private static final int KEPT = 4;

	private static final String INDEX = "index";

	private static final String LOCK = "lock";

	/** Changes with what is written. */
	private static final String FORMAT = "1";

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	/** Guarded by itself: queues of one JVM share what it has locked. */
	private static final Map<Path, FileChannel> locks = new HashMap<>();

	private ExpandedArchive() {
	}

	/**
	 * Expand an archive, unless it is.
	 * @param archive the archive
	 * @param cache where to put it
	 * @return the files, in the order its loader would look at them
	 * @throws IOException if it cannot be read or written
	 */
	static List<File> of(BootArchive archive, CacheDirectory cache) throws IOException {
		CacheDirectory archives = cache.below("archives");
		try (JarFile jar = new JarFile(archive.file())) {
			List<ZipEntry> entries = new ArrayList<>(jar.size());
			jar.stream().forEach(entries::add);
			Path expanded = archives.path().resolve(key(entries));
			List<File> files = lockedFiles(expanded);
			if (files == null) {
				files = publish(written(archive, jar, entries, archives), expanded);
			}
			CacheDirectory.touch(expanded);
			archives.sweep(KEPT, ExpandedArchive::isUnused);
			return files;
		}
	}

	private static String key(List<ZipEntry> entries) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(FORMAT.getBytes(StandardCharsets.UTF_8));
			for (ZipEntry entry : entries) {
				String line = "\n%s %d %d".formatted(entry.getName(), entry.getSize(), entry.getCrc());
				digest.update(line.getBytes(StandardCharsets.UTF_8));
			}
			return HexFormat.of().formatHex(digest.digest(), 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex); // every JDK has it
		}
	}

	private static Path written(BootArchive archive, ZipFile jar, List<ZipEntry> entries, CacheDirectory archives)
			throws IOException {
		Path unfinished = archives.unfinished();
		try {
			StringBuilder index = new StringBuilder();
			for (ZipEntry entry : entries) {
				String name = entry.getName();
				if (name.equals(archive.classes())) {
					index.append(line(unfinished, ClassesJar.write(jar, entries, archive.classes(), unfinished)));
				}
				else if (!entry.isDirectory() && archive.libraries().stream().anyMatch(name::startsWith)) {
					index.append(line(unfinished, copy(jar, entry, unfinished)));
				}
			}
			Files.createFile(unfinished.resolve(LOCK));
			Files.writeString(unfinished.resolve(INDEX), index);
			return unfinished;
		}
		catch (IOException | RuntimeException ex) {
			CacheDirectory.delete(unfinished);
			throw ex;
		}
	}

	/** Give it its name, unless somebody was faster, and has one that is sound. */
	private static List<File> publish(Path unfinished, Path expanded) throws IOException {
		try {
			Files.move(unfinished, expanded, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (FileSystemException ex) {
			List<File> files = lockedFiles(expanded);
			if (files != null) {
				CacheDirectory.delete(unfinished);
				return files;
			}
			CacheDirectory.delete(expanded);
			Files.move(unfinished, expanded, StandardCopyOption.ATOMIC_MOVE);
		}
		List<File> files = lockedFiles(expanded);
		if (files == null) {
			throw new IOException(expanded + " cannot be locked");
		}
		return files;
	}

	private static Path copy(ZipFile jar, ZipEntry entry, Path directory) throws IOException {
		Path file = directory.resolve(entry.getName()).normalize();
		if (!file.startsWith(directory) || file.toString().contains(File.pathSeparator)) {
			throw new IOException("the archive has a library of the name " + entry.getName());
		}
		Files.createDirectories(file.getParent());
		try (InputStream in = jar.getInputStream(entry); OutputStream out = Files.newOutputStream(file)) {
			in.transferTo(out);
		}
		return file;
	}

	private static String line(Path directory, Path file) throws IOException {
		return "%d %s%n".formatted(Files.size(file), directory.relativize(file));
	}

	/** What the index names, if all of it is there; from then on nobody sweeps it. */
	private static @Nullable List<File> lockedFiles(Path expanded) {
		synchronized (locks) {
			try {
				lock(expanded);
				List<File> files = new ArrayList<>();
				for (String line : Files.readAllLines(expanded.resolve(INDEX))) {
					String[] words = line.split(" ", 2);
					Path file = expanded.resolve(words[1]);
					if (Files.size(file) != Long.parseLong(words[0])) {
						throw new IOException(file + " is cut off"); // power was lost
					}
					files.add(file.toFile());
				}
				return files;
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("Nothing of use in {}", expanded, ex);
				unlock(expanded);
				return null;
			}
		}
	}

	private static void lock(Path expanded) throws IOException {
		if (locks.containsKey(expanded)) {
			return;
		}
		FileChannel channel = FileChannel.open(expanded.resolve(LOCK), StandardOpenOption.READ);
		locks.put(expanded, channel);
		try {
			if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
				throw new IOException("it is being swept");
			}
		}
		catch (OverlappingFileLockException ex) {
			// Another TaskQueue in this JVM has it. To close the file would end its lock
			logger.debug("{} is locked by this JVM already", expanded);
		}
	}

	private static void unlock(Path expanded) {
		try (FileChannel channel = locks.remove(expanded)) {
			logger.trace("Unlocking {} of {}", channel, expanded);
		}
		catch (IOException ex) {
			logger.debug("Cannot unlock {}", expanded, ex);
		}
	}

	private static boolean isUnused(Path expanded) {
		synchronized (locks) {
			if (locks.containsKey(expanded)) {
				return false;
			}
			try (FileChannel channel = FileChannel.open(expanded.resolve(LOCK), StandardOpenOption.WRITE);
					FileLock lock = channel.tryLock()) {
				return lock != null;
			}
			catch (OverlappingFileLockException ex) {
				return false;
			}
			catch (IOException ex) {
				return true; // never was one of ours
			}
		}
	}

}
