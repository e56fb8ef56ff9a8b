package dev.taskqueue.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What it ran on, as far as Linux tells.
 *
 * @param cores processors this JVM may use
 * @param processor their model
 * @param memory of the machine
 * @param system operating system and kernel
 * @param java the JDK of TaskQueue and its workers
 * @param busy what the machine did in the minute before
 * @param commit the sources, if this is run where they are
 */
record Machine(int cores, String processor, String memory, String system, String java, String busy, String commit) {

	static Machine look() {
		return new Machine(Runtime.getRuntime().availableProcessors(), value("/proc/cpuinfo", "model name", ":"),
				totalMemory(),
				value("/etc/os-release", "PRETTY_NAME", "=").replace("\"", "") + ", Linux "
						+ System.getProperty("os.version").replaceAll("[^0-9.].*", ""),
				System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
				firstWord("/proc/loadavg"), described("git", "describe", "--always", "--dirty"));
	}

	private static String described(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
			try (BufferedReader output = process.inputReader()) {
				return Objects.requireNonNullElse(output.readLine(), "");
			}
		}
		catch (IOException ex) {
			return ""; // no such program
		}
	}

	private static String totalMemory() {
		String kilobytes = value("/proc/meminfo", "MemTotal", ":").replaceAll("\\D", "");
		return kilobytes.isEmpty() ? "unknown"
				: String.format(Locale.ROOT, "%.0f GB", Long.parseLong(kilobytes) / 1024.0 / 1024);
	}

	private static String value(String file, String key, String separator) {
		return lines(file).stream()
			.filter((line) -> line.startsWith(key))
			.map((line) -> line.substring(line.indexOf(separator) + 1).strip())
			.findFirst()
			.orElse("unknown");
	}

	private static String firstWord(String file) {
		return lines(file).stream().map((line) -> line.split(" ", -1)[0]).findFirst().orElse("unknown");
	}

	private static List<String> lines(String file) {
		try {
			return Files.readAllLines(Path.of(file));
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
