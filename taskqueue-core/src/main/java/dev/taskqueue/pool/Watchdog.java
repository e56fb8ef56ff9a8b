package dev.taskqueue.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tiny process beside the pool that outlives the application by a moment: it reads
 * which process groups are the workers', and kills them all when the pipe ends, in
 * whatever state they and the application were. Because it is a shell, it also kills a
 * single group, which the JDK cannot. Thread-safe; its methods may block, and are not for
 * the supervisor.
 *
 * <pre>
 * + pid    a worker has started       - pid    a worker is to end, with all its group
 * </pre>
 *
 * After the groups it kills, as {@link Stragglers} does, what has left them and carries
 * the pool's cookie.
 * <p>
 * Where there is no {@code setsid}, workers have no groups of their own and there is no
 * watchdog: they then end with their channel.
 */
final class Watchdog {

	private static final String SCRIPT = """
			trap '' INT TERM HUP
			groups=
			while read -r word group; do
				case $word in
				+) groups="$groups $group" ;;
				-) rest=
					for other in $groups; do
						[ "$other" = "$group" ] || rest="$rest $other"
					done
					groups=$rest
					kill -s KILL -- "-$group" 2>/dev/null ;;
				esac
			done
			for group in $groups; do
				kill -s KILL -- "-$group" 2>/dev/null
			done
			look=0
			while [ $look -lt 20 ]; do
				look=$((look + 1))
				carriers=$(grep -ls "$1" /proc/[0-9]*/environ 2>/dev/null)
				[ -n "$carriers" ] || break
				for carrier in $carriers; do
					pid=${carrier#/proc/}
					kill -s KILL "${pid%/environ}" 2>/dev/null
				done
			done
			""";

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final @Nullable String setsid;

	/** What the environment of every process of the pool has in it. */
	private final String cookie;

	/** What the process has been told, to tell it to another one. */
	private final Set<Long> groups = new LinkedHashSet<>();

	private @Nullable Process process;

	/**
	 * Create a watchdog. Its process starts with the first worker's.
	 * @param setsid the program that gives a process a session of its own, if there is
	 * one
	 * @param cookie what the environment of every process of the pool has in it
	 */
	Watchdog(@Nullable String setsid, String cookie) {
		this.setsid = setsid;
		this.cookie = cookie;
	}

	/** A worker has started. */
	synchronized void watch(long pid) {
		if (this.setsid != null) {
			this.groups.add(pid);
			say(this.setsid, "+ " + pid);
		}
	}

	/** Kill what is left of a worker and of the processes it has started. */
	synchronized void end(long pid) {
		if (this.setsid != null && this.groups.remove(pid)) {
			say(this.setsid, "- " + pid);
		}
	}

	/** Let the process go; it kills whoever is still watched. */
	synchronized void close() {
		Process running = this.process;
		this.process = null;
		if (running != null) {
			try {
				running.getOutputStream().close();
			}
			catch (IOException ex) {
				logger.debug("The watchdog has ended before", ex);
			}
		}
	}

	private void say(String setsid, String line) {
		try {
			Process running = this.process;
			if (running == null || !running.isAlive()) {
				running = start(setsid);
				this.process = running;
				for (long known : this.groups) {
					write(running, "+ " + known);
				}
			}
			write(running, line);
		}
		catch (IOException ex) {
			logger.warn("The watchdog cannot be told '{}'; should the application be killed now, its workers end by "
					+ "themselves, but perhaps not at once", line, ex);
		}
	}

	private static void write(Process running, String line) throws IOException {
		OutputStream pipe = running.getOutputStream();
		pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
		pipe.flush();
	}

	private Process start(String setsid) throws IOException {
		return new ProcessBuilder(setsid, "/bin/sh", "-c", SCRIPT, "taskqueue-watchdog", this.cookie)
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD)
			.start();
	}

}
