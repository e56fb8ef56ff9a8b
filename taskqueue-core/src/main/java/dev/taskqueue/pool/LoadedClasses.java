package dev.taskqueue.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.taskqueue.Task;

/**
 * The classes a worker has loaded from jars, as its JVM has written them down: an archive
 * is to have them. Nothing but names, and who writes them is not trusted: what cannot be
 * loaded by one is left out. Stateless.
 */
final class LoadedClasses {

	/** Of some ten thousand classes. */
	private static final int MOST_BYTES = 2 << 20;

	private static final Pattern FROM_JAR = Pattern.compile("([\\w.$]{1,500}) source: (?:file|jrt):.*");

	/** Characters of names that one task has. */
	private static final int MOST_AT_ONCE = 1000;

	private LoadedClasses() {
	}

	/** The option that has a JVM write them into a file. */
	static String write(Path file) {
		return "-Xlog:class+load:file=\"" + file + "\":none:filecount=0";
	}

	/** Tasks that load them into another JVM. */
	static List<Task> tasks(Collection<String> names) {
		List<Task> tasks = new ArrayList<>();
		StringBuilder some = new StringBuilder();
		for (String name : names) {
			if (some.length() + name.length() > MOST_AT_ONCE) {
				tasks.add(new Loading(some.toString()));
				some.setLength(0);
			}
			some.append(name).append('\n');
		}
		tasks.add(new Loading(some.toString()));
		return tasks;
	}

	/**
	 * Read them.
	 * @param file where a JVM has written them
	 * @return names of those that were in no archive, in the order they were loaded in
	 * @throws IOException if the file cannot be read
	 */
	static List<String> read(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines()
				.map(FROM_JAR::matcher)
				.filter(Matcher::matches)
				.map((line) -> line.group(1))
				.distinct()
				.toList();
		}
	}

	/**
	 * Loads classes, and initializes none.
	 *
	 * @param names one to a line
	 */
	private record Loading(String names) implements Task {

		@Override
		public void run() {
			for (String name : this.names.split("\n", -1)) {
				try {
					Class.forName(name, false, Loading.class.getClassLoader());
				}
				catch (ClassNotFoundException | LinkageError ex) {
					// Then it is not in the archive
				}
			}
		}

	}

}
