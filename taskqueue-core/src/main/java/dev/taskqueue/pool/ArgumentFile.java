package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a worker's command line, in the notation of the {@code java} command's
 * argument files.
 */
final class ArgumentFile {

	private ArgumentFile() {
	}

	static void write(LaunchTarget target, Path file) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String option : target.options()) {
			lines.add(quoted(option));
		}
		lines.add("-cp");
		lines.add(quoted(target.classPath().toString()));
		lines.add(target.mainClass());
		// The bytes are taken as they are for names of files
		Files.write(file, lines, Charset.forName(System.getProperty("sun.jnu.encoding")));
	}

	private static String quoted(String word) {
		return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
