package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds processes that tasks have started and that have left their worker's group and
 * family, as {@code setsid} and {@code nohup} in the background do: every worker has a
 * cookie in its environment, and what it starts inherits it. Kills nothing that does not
 * carry one of this pool's cookies. Thread-safe; blocks, so not for the supervisor.
 * <p>
 * The environments are read from {@code /proc}; where there is none, nothing is found. A
 * look at all of them takes some 20 microseconds a process of the same user; workers that
 * end together share one.
 */
final class Stragglers {

	/** The environment variable: the pool's random part, a dash, the worker's number. */
	static final String VARIABLE = "TASKQUEUE_COOKIE";

	/** A process can start another while we look. Each look kills all that are there. */
	private static final int MOST_LOOKS = 20;

	private static final Path PROC = Path.of("/proc");

	private static final Pattern PID = Pattern.compile("[0-9]+");

	private static final SecureRandom random = new SecureRandom();

	private final String pool;

	/** Workers that have ended and whose stragglers were not looked for. */
	private final Set<String> ended = ConcurrentHashMap.newKeySet();

	Stragglers() {
		byte[] bytes = new byte[16];
		random.nextBytes(bytes);
		this.pool = HexFormat.of().formatHex(bytes);
	}

	/** What all cookies of the pool begin with. */
	String prefix() {
		return VARIABLE + "=" + this.pool + "-";
	}

	/** The value of a worker's variable. */
	String cookie(int worker) {
		return this.pool + "-" + worker;
	}

	/** A worker's process has ended: kill what it has left behind. */
	void end(int worker) {
		String entry = VARIABLE + "=" + cookie(worker);
		this.ended.add(entry);
		synchronized (this) {
			if (this.ended.contains(entry)) {
				Set<String> gone = Set.copyOf(this.ended);
				killAll(gone::contains);
				this.ended.removeAll(gone);
			}
		}
	}

	/** All workers have ended. */
	synchronized void endAll() {
		killAll((entry) -> entry.startsWith(prefix()));
	}

	private static void killAll(Predicate<String> cookie) {
		int looks = 0;
		while (look(cookie) && ++looks < MOST_LOOKS) {
			// Those that were started meanwhile
		}
	}

	/** Kill all that carry a cookie; whether there were any. */
	private static boolean look(Predicate<String> cookie) {
		boolean found = false;
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC,
				(path) -> PID.matcher(path.getFileName().toString()).matches())) {
			for (Path process : processes) {
				found |= carries(process, cookie) && kill(process, cookie);
			}
		}
		catch (IOException | RuntimeException ex) {
			// No such file system, or not for us
		}
		return found;
	}

	private static boolean kill(Path process, Predicate<String> cookie) {
		// The handle knows the start time, and an id can be used again: so once more
		Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
		return handle.isPresent() && carries(process, cookie) && handle.get().destroyForcibly();
	}

	private static boolean carries(Path process, Predicate<String> cookie) {
		try {
			// Not a zombie's: that is empty
			String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
			int start = ("\0" + environment).indexOf("\0" + VARIABLE + "=");
			return start >= 0 && cookie.test(environment.substring(start).split("\0", 2)[0]);
		}
		catch (IOException ex) {
			return false; // another user's, or gone
		}
	}

}
