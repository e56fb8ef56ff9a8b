package dev.taskqueue.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What TaskQueue costs an otherwise empty web application with Actuator until it has
 * started: JVMs with and without it, by turns, on the same machine. A measurement, thus
 * run on demand and on a machine that does nothing else:
 * {@code -Dtaskqueue.startup.runs=40}.
 */
@EnabledIfSystemProperty(named = "taskqueue.startup.runs", matches = "\\d+")
class StartupCostTests {

	private static final Pattern STARTED = Pattern.compile("Started .* in ([0-9.]+) seconds \\(process");

	/** What only tests need, and what would change the start of any application. */
	private static final Pattern NOT_AN_APPLICATIONS = Pattern
		.compile("spring-boot-devtools.*|.*test.*\\.jar|junit.*|archunit.*|mockito.*|byte-buddy.*|surefire.*");

	@TempDir
	private Path jars;

	@Test
	void costsAtMostOneTwentieth() throws Exception {
		int runs = Integer.getInteger("taskqueue.startup.runs");
		String classPathWithout = classPath((entry) -> Stream.empty());
		String classPathWith = classPath((entry) -> Stream.of(asUsersHaveIt(entry)));
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		start(classPathWith, true);
		start(classPathWithout, false); // the first ones fill the caches of the system
		for (int run = 0; run < runs; run++) {
			boolean first = run % 2 == 0; // the second of a pair may find it easier
			for (boolean withTaskQueue : new boolean[] { first, !first }) {
				if (withTaskQueue) {
					with.add(start(classPathWith, true));
				}
				else {
					without.add(start(classPathWithout, false));
				}
			}
		}
		double before = median(without);
		double after = median(with);
		System.out.printf("Started in %.3f s without TaskQueue, %.3f s with it (medians of %d): %+.1f %%%n", before,
				after, runs, (after / before - 1) * 100);
		System.out.println("without " + without);
		System.out.println("with    " + with);
		assertThat(after).isLessThanOrEqualTo(before * 1.05);
	}

	private static double start(String classPath, boolean withTaskQueue) throws Exception {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", classPath,
				Application.class.getName(), "--server.port=0", "--spring.main.banner-mode=off")
			.redirectErrorStream(true)
			.start();
		List<String> output;
		try (BufferedReader reader = process.inputReader()) {
			output = reader.lines().toList();
		}
		assertThat(process.waitFor()).as(String.join("\n", output)).isZero();
		assertThat(output.stream().anyMatch((line) -> line.endsWith("queue " + withTaskQueue))).isTrue();
		return output.stream()
			.flatMap((line) -> STARTED.matcher(line).results())
			.map((MatchResult started) -> Double.valueOf(started.group(1)))
			.findFirst()
			.orElseThrow();
	}

	private static String classPath(Function<Path, Stream<Path>> ours) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> !NOT_AN_APPLICATIONS.matcher(entry.getFileName().toString()).matches())
			.flatMap((entry) -> isOurs(entry) ? ours.apply(entry) : Stream.of(entry))
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * A jar: a directory is looked into for each class of every library behind it, which
	 * would be measured as well.
	 */
	private Path asUsersHaveIt(Path entry) {
		if (!Files.isDirectory(entry)) {
			return entry;
		}
		try (Stream<Path> files = Files.walk(entry)) {
			Path jar = Files.createTempFile(this.jars, "taskqueue-", ".jar");
			try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					out.putNextEntry(new JarEntry(entry.relativize(file).toString()));
					Files.copy(file, out);
				}
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isOurs(Path entry) {
		return entry.endsWith("classes") || entry.getFileName().toString().startsWith("taskqueue-");
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

	/** Says whether it has a queue, and ends. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] args) {
			try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, args)) {
				System.out.println("queue " + context.containsBean("taskQueue"));
			}
		}

	}

}
