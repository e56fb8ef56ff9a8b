package dev.taskqueue.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.taskqueue.benchmarks.subject.Arguments;
import dev.taskqueue.benchmarks.subject.CpuLoop;

/**
 * The command: measures everything, prints the table, and writes it into the
 * documentation.
 */
public final class SideBySide {

	private SideBySide() {
	}

	/**
	 * Run the benchmarks.
	 * @param arguments see {@code --help}
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length > 0 && arguments[0].equals("--parts")) {
			org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
			return;
		}
		if (List.of(arguments).contains("--help")) {
			System.out.println(Options.USAGE);
			return;
		}
		if (List.of(arguments).contains("--list")) {
			new Scenarios(Scale.FULL, 1).all().forEach((scenario) -> System.out.println(scenario.name()));
			return;
		}
		Options options;
		try {
			options = Options.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + "\n\n" + Options.USAGE);
			System.exit(2);
			return;
		}
		System.exit(run(options) ? 0 : 1);
	}

	/** Whether everything that is installed has worked, not whether it was fast. */
	private static boolean run(Options options) throws IOException, InterruptedException {
		Machine machine = Machine.look();
		Instant began = Instant.now();
		Path scratch = Files.createTempDirectory("taskqueue-benchmarks-");
		boolean sound = true;
		Table table = new Table();
		try (Subjects subjects = new Subjects(options, scratch)) {
			if (options.scale() != Scale.SMOKE) {
				settle(subjects);
			}
			for (Scenario scenario : new Scenarios(options.scale(), CpuLoop.perMillisecond()).all()) {
				if (options.wants(scenario)) {
					System.err.println(scenario.name());
					Map<Lane, Samples> results = new Course(options, subjects, scenario).run();
					table.add(scenario, results);
					sound &= results.values().stream().noneMatch(Samples::isBroken);
				}
			}
			Report report = new Report(options, machine, began, Duration.between(began, Instant.now()),
					subjects.greetings(), table);
			System.out.println(report.text());
			if (options.output() != null) {
				report.write(options.output());
				System.err.println("Written to " + options.output());
			}
		}
		finally {
			delete(scratch);
		}
		return sound;
	}

	/**
	 * A first queue has an archive of its workers' classes made in the background. Wait
	 * for it, so that it disturbs nobody, and workers start as they do from then on.
	 */
	private static void settle(Subjects subjects) throws IOException, InterruptedException {
		try (SubjectProcess process = subjects.acquire("taskqueue")) {
			process.open(Arguments.of("workers", 1));
			process.run("throughput", Arguments.of("tasks", 100));
			long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
			Thread.sleep(2000);
			// Its worker and its watchdog stay
			while (process.descendants() > 2 && System.nanoTime() < deadline) {
				Thread.sleep(200);
			}
		}
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
