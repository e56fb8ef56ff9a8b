package dev.taskqueue.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.taskqueue.TaskQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Applications that do not start, and what they say of it. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresIT {

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			-XX:+NoSuchFlag                    | Unrecognized VM option 'NoSuchFlag'
			--no-such-option                   | Unrecognized option: --no-such-option
			-Xms512m                           | Initial heap size set to a larger value than the maximum heap size
			""")
	void aRunnerThatWaitsForATaskEndsWithTheJvmsOwnWords(String argument, String words, CapturedOutput output) {
		fail(Waiting.class, "--taskqueue.worker.jvm-args=" + argument, "--taskqueue.worker.max-heap=64MB");
		assertExplained(output, words, "Correct taskqueue.worker.jvm-args");
		assertThat(output).containsOnlyOnce("a worker did not come up");
	}

	@Test
	void aJavaHomeThatIsNoneIsExplained(CapturedOutput output) {
		fail(Application.class, "--taskqueue.worker.java-home=" + this.directory);
		assertExplained(output, "which has no program bin/java", "Set taskqueue.worker.java-home");
	}

	@Test
	void aClassPathWithoutUsIsExplained(CapturedOutput output) {
		fail(Application.class, "--taskqueue.worker.class-path=" + this.directory.resolve("missing.jar"));
		assertExplained(output, "nothing on taskqueue.worker.class-path contains taskqueue-core",
				"Correct taskqueue.worker.class-path");
		assertThat(output).contains("missing.jar");
	}

	@Test
	void severalArgumentsInOneElementAreExplained(CapturedOutput output) {
		fail(Application.class, "--taskqueue.worker.jvm-args=-Xss1m -Xint");
		assertExplained(output, "taskqueue.worker.jvm-args", "one argument in each list element");
	}

	@Test
	void aTemporaryDirectoryThatIsMissingIsExplained(CapturedOutput output) {
		withTemporaryDirectory(this.directory.resolve("missing"));
		assertExplained(output, "no socket for its workers can be opened", "Set -Djava.io.tmpdir");
	}

	@Test
	void aPathTooLongForASocketIsExplained(CapturedOutput output) throws Exception {
		withTemporaryDirectory(Files.createDirectory(this.directory.resolve("d".repeat(100))));
		assertExplained(output, "the system allows 106", "with a shorter path");
	}

	private static void withTemporaryDirectory(Path directory) {
		String before = System.setProperty("java.io.tmpdir", directory.toString());
		try {
			fail(Application.class);
		}
		finally {
			System.setProperty("java.io.tmpdir", before);
		}
	}

	private static void fail(Class<?> application, String... arguments) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(arguments));
	}

	private static void assertExplained(CapturedOutput output, String description, String action) {
		assertThat(output).contains("APPLICATION FAILED TO START");
		String analysis = output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START"));
		assertThat(analysis).contains(description, action);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Waiting {

		@Bean
		ApplicationRunner waits(TaskQueue queue) {
			return (arguments) -> queue.submit(() -> 42).join();
		}

	}

}
