package dev.taskqueue.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.taskqueue.CrashReason;
import org.jspecify.annotations.Nullable;

/**
 * Tells why a worker's process ended, from what it left: a native crash by the JVM's
 * error file, exhausted memory by the JVM's own line on standard error, {@code exit} by
 * the mark its shutdown hook sets. Only then is an exit code read as a signal.
 */
final class ExitReason {

	private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

	/** In the head of the JVM's error file; an error of the JVM's own names no signal. */
	private static final Pattern CRASH_SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z]{2,9}) \\(0x", Pattern.MULTILINE);

	private static final int ERROR_FILE_LINES = 40;

	private static final int ERROR_FILE_BYTES = 16 << 10;

	private static final Map<Integer, String> SIGNALS = Map.ofEntries(Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"),
			Map.entry(3, "SIGQUIT"), Map.entry(4, "SIGILL"), Map.entry(6, "SIGABRT"), Map.entry(7, "SIGBUS"),
			Map.entry(8, "SIGFPE"), Map.entry(9, "SIGKILL"), Map.entry(11, "SIGSEGV"), Map.entry(13, "SIGPIPE"),
			Map.entry(15, "SIGTERM"), Map.entry(24, "SIGXCPU"), Map.entry(31, "SIGSYS"));

	private ExitReason() {
	}

	/**
	 * Read the traces of a process.
	 * @param pid its id
	 * @param code its exit code
	 * @param exitMarked whether its JVM had begun to shut down in good order
	 * @param stderr its last lines
	 * @param errorFile where its JVM would have written its error file
	 * @return what is known
	 */
	static ProcessEnd of(long pid, int code, boolean exitMarked, List<String> stderr, Path errorFile) {
		String errorFileHead = head(errorFile);
		String signal = (code > 128 && !exitMarked) ? SIGNALS.getOrDefault(code - 128, "signal " + (code - 128)) : null;
		CrashReason reason = CrashReason.EXITED;
		if (errorFileHead != null) {
			reason = CrashReason.NATIVE_CRASH;
			// What the JVM exits with after that, 1 or 134, is not what has hit it
			signal = CRASH_SIGNAL.matcher(errorFileHead)
				.results()
				.map((found) -> found.group(1))
				.findFirst()
				.orElse(signal);
		}
		else if (code == 3 && stderr.stream().anyMatch((line) -> line.startsWith(OUT_OF_MEMORY))) {
			reason = CrashReason.OUT_OF_MEMORY;
		}
		else if (signal != null) {
			reason = CrashReason.KILLED;
		}
		return new ProcessEnd(reason, pid, code, signal, stderr, errorFileHead);
	}

	private static @Nullable String head(Path errorFile) {
		// The worker could write there: it may be anything, of any size
		if (!Files.isRegularFile(errorFile, LinkOption.NOFOLLOW_LINKS)) {
			return null;
		}
		try (InputStream in = Files.newInputStream(errorFile)) {
			String head = new String(in.readNBytes(ERROR_FILE_BYTES), StandardCharsets.ISO_8859_1);
			return head.lines().limit(ERROR_FILE_LINES).collect(Collectors.joining("\n"));
		}
		catch (IOException ex) {
			return "(cannot be read: " + ex + ")";
		}
	}

}
