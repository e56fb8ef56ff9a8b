package dev.taskqueue.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param scale how much of everything
 * @param rounds how often each lane has its turn
 * @param only names of scenarios, none for all
 * @param without names of subjects that are left out
 * @param python the interpreter for Python peers
 * @param output the file to write the table to
 */
record Options(Scale scale, int rounds, Set<String> only, Set<String> without, @Nullable String python,
		@Nullable Path output) {

	static final String USAGE = """
			Usage: java -jar benchmarks/target/benchmarks.jar [options]
			  --rounds <n>          how often each has its turn (5)
			  --only <names>        only these scenarios, by commas; prints, and writes no file
			  --without <subjects>  leave these out, by commas: pool, executor, pebble, loky, celery, jobrunr, ...
			  --python <program>    the interpreter of Python peers (or in %s); otherwise the first of
			                        /usr/bin/python3 and python3 that has the peer's module
			  --output <file>       where to write the table (docs/benchmarks.md)
			  --quick               a first idea in a few minutes; prints, and writes no file
			  --smoke               whether it runs: the numbers mean nothing
			  --list                the names of scenarios
			  --parts [...]         JMH for the parts, with JMH's own options
			""".formatted(PythonPeer.VARIABLE);

	private static final Path DOCUMENT = Path.of("docs", "benchmarks.md");

	static Options parse(String[] arguments) {
		Scale scale = Scale.FULL;
		int rounds = 0;
		Set<String> only = Set.of();
		Set<String> without = Set.of();
		String python = null;
		Path output = null;
		for (int i = 0; i < arguments.length; i++) {
			switch (arguments[i]) {
				case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
				case "--only" -> only = Set.of(value(arguments, ++i).split(",", -1));
				case "--without" -> without = Set.of(value(arguments, ++i).split(",", -1));
				case "--python" -> python = value(arguments, ++i);
				case "--output" -> output = Path.of(value(arguments, ++i));
				case "--quick" -> scale = Scale.QUICK;
				case "--smoke" -> scale = Scale.SMOKE;
				default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
			}
		}
		if (output == null && scale == Scale.FULL && only.isEmpty() && Files.exists(DOCUMENT)) {
			output = DOCUMENT;
		}
		return new Options(scale, (rounds > 0) ? rounds : scale.rounds(), only, without, python, output);
	}

	boolean wants(Scenario scenario) {
		return this.only.isEmpty() || this.only.contains(scenario.name());
	}

	private static String value(String[] arguments, int index) {
		if (index >= arguments.length) {
			throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
		}
		return arguments[index];
	}

}
