package dev.taskqueue.pool;

import java.io.File;
import java.io.IOException;
import java.util.List;

import dev.taskqueue.LaunchMode;
import dev.taskqueue.WorkerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker's JVM starts so that it sees the application's classes: our main class on
 * the same class path. Where that is a Spring Boot executable archive, its nested
 * libraries come first, out of {@link ExpandedArchive the cache}; or the archive's own
 * loader is told to run our main class.
 *
 * @param options what goes before the class path
 * @param classPath where the JVM looks for classes
 * @param mainClass the class to start
 */
record LaunchTarget(List<String> options, ClassPath classPath, String mainClass) {

	static final String MAIN = "dev.taskqueue.worker.WorkerMain";

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	/**
	 * Find out what to start. Reads and may write files.
	 * @param options the user's options
	 * @return the target
	 * @throws IOException if it must be a class path and cannot be one
	 */
	static LaunchTarget of(WorkerOptions options) throws IOException {
		String chosen = options.classPath();
		ClassPath classPath = (chosen != null) ? ClassPath.parse(chosen) : ClassPath.ofApplication();
		boolean bootable = (chosen != null) ? classPath.entries().size() == 1 : !ClassPath.isEnough();
		BootArchive archive = bootable ? classPath.firstBootArchive() : null;
		return (archive != null) ? of(archive, classPath, options) : plain(classPath);
	}

	private static LaunchTarget plain(ClassPath classPath) {
		return new LaunchTarget(List.of(), classPath, MAIN);
	}

	private static LaunchTarget of(BootArchive archive, ClassPath classPath, WorkerOptions options) throws IOException {
		LaunchMode mode = options.launchMode();
		if (mode == LaunchMode.BOOT_LOADER || (mode == LaunchMode.AUTO && !archive.fixed())) {
			return archive.byLoader(classPath, MAIN);
		}
		try {
			// The archive stays behind them: what is not nested is found as by its loader
			return plain(classPath.with(nested(archive, options), archive.file()));
		}
		catch (IOException ex) {
			if (mode == LaunchMode.CLASS_PATH) {
				throw new IOException("The libraries in %s cannot be put on a class path (%s). "
					.formatted(archive.file(), ex.getMessage())
						+ "Set taskqueue.worker.cache-directory to a directory only this user can write, or "
						+ "taskqueue.worker.launch-mode to auto", ex);
			}
			logger.info("Workers start by the loader of {}, which takes longer than a class path: {}", archive.file(),
					ex.getMessage());
			return archive.byLoader(classPath, MAIN);
		}
	}

	private static List<String> nested(BootArchive archive, WorkerOptions options) throws IOException {
		if (archive.isDirectory()) {
			return archive.extracted();
		}
		return ExpandedArchive.of(archive, CacheDirectory.of(options)).stream().map(File::getPath).toList();
	}

}
