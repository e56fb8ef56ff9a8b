package dev.taskqueue.pool;

import java.io.IOException;
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

	/** As of nice: a seventieth of what others have. */
	private static final String LEAST = "19";

	private static final String NORMAL = "0";

	/** How long setsid may take to make a session: it is the first thing it does. */
	private static final int LONGEST_SETSID_MILLIS = 20;

	private static final int RETRY_MILLIS = 30;

	private static final int MOST_TRIES = 200;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final Path proc;

	/** Guarded by this. */
	private boolean normal;

	/** Guarded by this: the group's value, once it is lowered. */
	private @Nullable Path lowered;

	ProcessorShare() {
		this(Path.of("/proc"));
	}

	/**
	 * Create one for a process somewhere else.
	 * @param proc where the system shows its processes
	 */
	ProcessorShare(Path proc) {
		this.proc = proc;
	}

	/**
	 * Have it get what nobody else wants, unless it was given as much as any other
	 * before. May block for some milliseconds.
	 * @param process started a moment ago
	 */
	synchronized void lower(Process process) {
		try {
			Path group = group(process.pid());
			if (!this.normal && isSupported() && isSoonNotOurs(group)) {
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

	private boolean isSupported() throws IOException {
		Path grouping = this.proc.resolve("sys/kernel/sched_autogroup_enabled");
		return Files.isReadable(grouping) && Files.readString(grouping).startsWith("1");
	}

	/**
	 * Until then it is in our own group, whose share is not to be touched. A session of
	 * its own does not tell: the group comes a moment after it.
	 */
	private boolean isSoonNotOurs(Path group) throws IOException, InterruptedException {
		String ours = name(group(ProcessHandle.current().pid()));
		for (int i = 0; i < LONGEST_SETSID_MILLIS; i++) {
			if (!name(group).equals(ours)) {
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(1);
		}
		return false;
	}

	/** Of {@code /autogroup-42 nice 0}, what comes first. */
	private static String name(Path group) throws IOException {
		return Files.readString(group).split(" ", 2)[0];
	}

	private Path group(long pid) {
		return this.proc.resolve(pid + "/autogroup");
	}

}
