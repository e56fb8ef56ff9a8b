package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process gets of the processors beside those of other sessions: little, until it
 * is given as much as any other.
 * <p>
 * Linux weighs sessions against each other where it groups processes by them
 * ({@code sched_autogroup_enabled}, see <em>The autogroup feature</em> in
 * {@code sched(7)}), and each worker is a session of its own; a nice value counts only
 * within one. Unlike that, the group's value can be raised again without any right, if
 * not more often than ten times a second on the whole machine. Elsewhere, and for those
 * in a control group with a share of its own, nothing here has an effect.
 */
final class ProcessorShare {

	private static final Path SWITCH = Path.of("/proc/sys/kernel/sched_autogroup_enabled");

	/** As of nice: a seventieth of what others have. */
	private static final String LEAST = "19";

	private static final String NORMAL = "0";

	/** In {@code /proc/<pid>/stat}, counted from behind the program's name. */
	private static final int SESSION = 3;

	/** How long setsid may take to make a session: it is the first thing it does. */
	private static final int LONGEST_SETSID_MILLIS = 20;

	private static final int RETRY_MILLIS = 30;

	private static final int MOST_TRIES = 200;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	/** Guarded by this. */
	private boolean normal;

	/** Guarded by this: the group's value, once it is lowered. */
	private @Nullable Path lowered;

	/**
	 * Have it get what nobody else wants, unless it was given as much as any other
	 * before. May block for some milliseconds.
	 * @param process started a moment ago
	 */
	synchronized void lower(Process process) {
		try {
			if (!this.normal && isSupported() && hasSessionSoon(process)) {
				Path group = proc(process.pid(), "autogroup");
				Files.writeString(group, LEAST);
				this.lowered = group;
			}
		}
		catch (IOException ex) {
			logger.debug("Worker {} starts like any other process: {}", process.pid(), ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Give it as much as any other, from now on or from its start on. Blocks while the
	 * system has had enough of such changes.
	 */
	synchronized void restore() {
		this.normal = true;
		Path group = this.lowered;
		this.lowered = null;
		try {
			for (int tries = 0; group != null && !restored(group); tries++) {
				if (tries == MOST_TRIES) {
					logger.warn("A worker keeps a small share of the processors: {} cannot be written", group);
					return;
				}
				TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Whether that is done, or cannot be done any more. */
	private static boolean restored(Path group) {
		try {
			Files.writeString(group, NORMAL);
			return true;
		}
		catch (IOException ex) {
			return !Files.exists(group);
		}
	}

	private static boolean isSupported() throws IOException {
		return Files.isReadable(SWITCH) && Files.readString(SWITCH).startsWith("1");
	}

	/** Until then it is in our session, whose share is not to be touched. */
	private static boolean hasSessionSoon(Process process) throws IOException, InterruptedException {
		for (int i = 0; i < LONGEST_SETSID_MILLIS; i++) {
			if (session(process.pid()) == process.pid()) {
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(1);
		}
		return false;
	}

	private static long session(long pid) throws IOException {
		String stat = Files.readString(proc(pid, "stat"), StandardCharsets.ISO_8859_1);
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SESSION + 2);
		return Long.parseLong(fields[SESSION]);
	}

	private static Path proc(long pid, String file) {
		return Path.of("/proc/" + pid + "/" + file);
	}

}
