package dev.taskqueue.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application with devtools in a JVM of its own, one of whose classes is compiled anew
 * while it runs.
 */
@Timeout(180)
class DevtoolsIT {

	private static final String APPLICATION = """
			package app;

			import dev.taskqueue.TaskQueue;
			import org.springframework.boot.ApplicationRunner;
			import org.springframework.boot.SpringApplication;
			import org.springframework.boot.autoconfigure.SpringBootApplication;
			import org.springframework.context.annotation.Bean;

			@SpringBootApplication
			public class Application {

				public static void main(String[] args) {
					SpringApplication.run(Application.class, args);
				}

				@Bean
				ApplicationRunner runner(TaskQueue queue) {
					return (args) -> {
						Answer answer = queue.submit(new Question()).join();
						System.out.println("answer " + answer.number() + " of worker " + answer.pid() + " in "
								+ answer.loader() + " read by " + answer.getClass().getClassLoader().getClass().getSimpleName()
								+ " devtools threads " + answer.devtoolsThreads());
					};
				}

			}
			""";

	private static final String QUESTION = """
			package app;

			import dev.taskqueue.CallableTask;

			public record Question() implements CallableTask<Answer> {

				@Override
				public Answer call() {
					long devtools = Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
						.filter((name) -> name.equals("restartedMain") || name.equals("File Watcher")
								|| name.equals("Live Reload Server")).count();
					return new Answer(NUMBER, ProcessHandle.current().pid(),
							getClass().getClassLoader().getClass().getSimpleName(), devtools);
				}

			}
			""";

	private static final String ANSWER = """
			package app;

			import java.io.Serializable;

			public record Answer(int number, long pid, String loader, long devtoolsThreads) implements Serializable {
			}
			""";

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	@Test
	void aRestartReplacesTheWorkersAndTheySeeTheNewClasses(@TempDir Path directory) throws Exception {
		Path classes = Files.createDirectory(directory.resolve("classes"));
		compile(directory, classes, Map.of("Application", APPLICATION, "Question", question(1), "Answer", ANSWER));
		Process process = start(directory, classes);
		try {
			String before = awaitAnswer(process, 1);
			Path changed = Files.createDirectory(directory.resolve("changed"));
			compile(directory, changed, Map.of("Question", question(2), "Answer", ANSWER));
			Files.move(changed.resolve("app/Question.class"), classes.resolve("app/Question.class"),
					StandardCopyOption.REPLACE_EXISTING);
			String after = awaitAnswer(process, 2);
			assertThat(Stream.of(before, after)).allSatisfy((line) -> assertThat(line)
				.contains(" in AppClassLoader read by RestartClassLoader devtools threads 0"));
			assertThat(workerOf(after)).isNotEqualTo(workerOf(before));
			assertThat(ProcessHandle.of(workerOf(before)).filter(ProcessHandle::isAlive)).isEmpty();
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
		}
	}

	private Process start(Path directory, Path classes) throws IOException {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
				"-Djava.io.tmpdir=" + directory, "-cp",
				classes + File.pathSeparator + System.getProperty("java.class.path"), "app.Application",
				"--spring.main.web-application-type=none", "--spring.main.keep-alive=true",
				"--spring.devtools.livereload.enabled=false", "--spring.devtools.restart.poll-interval=200ms",
				"--spring.devtools.restart.quiet-period=100ms", "--taskqueue.worker-count=1")
			.redirectErrorStream(true)
			.start();
		Thread reader = new Thread(() -> {
			try (BufferedReader lines = process.inputReader()) {
				lines.lines().forEach(this.output::add);
			}
			catch (IOException | UncheckedIOException ex) {
				this.output.add("(output ended: " + ex + ")");
			}
		}, "devtools-output");
		reader.setDaemon(true);
		reader.start();
		return process;
	}

	private String awaitAnswer(Process process, int number) {
		return await().atMost(Duration.ofSeconds(60))
			.failFast(() -> assertThat(process.isAlive()).as(String.join("\n", this.output)).isTrue())
			.until(() -> this.output.stream().filter((line) -> line.startsWith("answer " + number)).findFirst(),
					(line) -> line.isPresent())
			.orElseThrow();
	}

	private static long workerOf(String line) {
		return Long.parseLong(line.replaceAll(".* of worker (\\d+) .*", "$1"));
	}

	private static String question(int number) {
		return QUESTION.replace("NUMBER", Integer.toString(number));
	}

	private static void compile(Path directory, Path classes, Map<String, String> sources) throws IOException {
		Path folder = Files.createDirectories(directory.resolve("sources/app"));
		for (Map.Entry<String, String> source : sources.entrySet()) {
			Files.writeString(folder.resolve(source.getKey() + ".java"), source.getValue());
		}
		List<String> arguments = Stream
			.concat(Stream.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp",
					System.getProperty("java.class.path")),
					sources.keySet().stream().map((name) -> folder.resolve(name + ".java").toString()))
			.toList();
		int result = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
			.run(null, null, null, arguments.toArray(String[]::new));
		assertThat(result).isZero();
	}

}
