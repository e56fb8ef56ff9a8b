package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of the machine's memory a process holds. Reads {@code /proc}, which is memory
 * too: it does not block. Where there is none, nothing is known.
 */
final class ProcessMemory {

	private static final Pattern RESIDENT = Pattern.compile("^VmRSS:\\s+([0-9]+) kB$", Pattern.MULTILINE);

	private ProcessMemory() {
	}

	/**
	 * The resident set.
	 * @param pid the process
	 * @return bytes, -1 if they are not known
	 */
	static long resident(long pid) {
		try {
			Matcher line = RESIDENT
				.matcher(Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1));
			return line.find() ? Long.parseLong(line.group(1)) << 10 : -1;
		}
		catch (IOException ex) {
			return -1; // gone, or no such file system
		}
	}

}
