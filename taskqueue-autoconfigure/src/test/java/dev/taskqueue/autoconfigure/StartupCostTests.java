package dev.taskqueue.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What TaskQueue costs an otherwise empty web application with Actuator until it has
 * started: JVMs with and without it, by turns, on the same machine. A measurement, thus
 * run on demand and on a machine that does nothing else:
 * {@code -Dtaskqueue.startup.runs=15}.
 */
@EnabledIfSystemProperty(named = "taskqueue.startup.runs", matches = "\\d+")
class StartupCostTests {

	private static final Pattern STARTED = Pattern.compile("Started .* in ([0-9.]+) seconds \\(process");

	/** What only tests need, and what would change the start of any application. */
	private static final Pattern NOT_AN_APPLICATIONS = Pattern
		.compile("spring-boot-devtools.*|.*test.*\\.jar|junit.*|archunit.*|mockito.*|byte-buddy.*|surefire.*");

	@Test
	void costsAtMostOneTwentieth() throws Exception {
		int runs = Integer.getInteger("taskqueue.startup.runs");
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		start(true);
		start(false); // the first ones fill the caches of the operating system
		for (int run = 0; run < runs; run++) {
			boolean first = run % 2 == 0; // the second one of a pair may find it easier,
											// or harder
			for (boolean withTaskQueue : new boolean[] { first, !first }) {
				(withTaskQueue ? with : without).add(start(withTaskQueue));
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

	private static double start(boolean withTaskQueue) throws Exception {
		String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !NOT_AN_APPLICATIONS.matcher(Path.of(entry).getFileName().toString()).matches())
			.filter((entry) -> withTaskQueue || !isOurs(Path.of(entry)))
			.collect(Collectors.joining(File.pathSeparator));
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
