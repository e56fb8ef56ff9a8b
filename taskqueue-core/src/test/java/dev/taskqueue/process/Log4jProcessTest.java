package dev.taskqueue.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.taskqueue.fixture.Log4jProgram;
import dev.taskqueue.fixture.NoLeftovers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose logging is Log4j2, with no Logback on its class path.
 */
@ExtendWith(NoLeftovers.class)
class Log4jProcessTest {

	private static final String CONFIGURATION = """
			<Configuration status="WARN">
			  <Appenders>
			    <File name="file" fileName="%s">
			      <PatternLayout header="opened%%n" pattern="%%p|%%c|%%t|%%X{request}|%%X{order}|%%X{taskqueue.task}|%%d{UNIX_MILLIS}|%%m%%n" charset="UTF-8"/>
			    </File>
			  </Appenders>
			  <Loggers>
			    <Logger name="acme.detail" level="DEBUG"/>
			    <Logger name="acme.twice" level="OFF"/>
			    <Root level="INFO"><AppenderRef ref="file"/></Root>
			  </Loggers>
			</Configuration>
			""";

	@TempDir
	Path directory;

	@Test
	void everythingOfAWorkerComesOutOfLog4j() throws Exception {
		Path log = this.directory.resolve("application.log");
		Path output = this.directory.resolve("output");
		Instant begin = Instant.now();
		Process application = start(log, output);
		assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(output)).as("what neither Log4j2 nor we should say").isEmpty();
		assertThat(application.exitValue()).isZero();
		List<String> lines = Files.readAllLines(log);
		assertThat(lines).filteredOn("opened"::equals).as("processes that opened the file").hasSize(1);
		assertThat(lines).filteredOn((line) -> line.contains("|acme.") || line.contains("||r-17") || isOutput(line))
			.map((line) -> line.replaceFirst("\\|1\\|\\d{13}\\|", "|1|time|"))
			.map((line) -> line.replaceFirst("\\|\\d+\\|\\d{13}\\|now", "|n|time|now"))
			.containsExactly("WARN|acme.Log4j|renamed|r-17|4711|1|time|order 4711 is late",
					"ERROR|acme.Log4j|renamed|r-17|4711|1|time|00042",
					"ERROR|acme.Log4j|renamed|r-17|4711|1|time|of 4711",
					"INFO|acme.Slf4j|renamed|r-17|4711|1|time|of r-17", "INFO|acme.Jul|renamed|r-17|4711|1|time|seen",
					"DEBUG|acme.detail.Sub|renamed|r-17|4711|1|time|fine", "INFO||renamed|r-17|4711|1|time|at the root",
					"INFO|dev.taskqueue.stdout|renamed|r-17|4711|1|time|printed",
					"DEBUG|acme.Log4j|task|||n|time|now enabled");
		assertThat(lines).contains("java.lang.IllegalStateException: why");
		String warning = lines.stream().filter((line) -> line.startsWith("WARN|acme.Log4j")).findFirst().orElseThrow();
		assertThat(Instant.ofEpochMilli(Long.parseLong(warning.split("\\|", -1)[6]))).isBetween(begin,
				begin.plus(Duration.ofSeconds(60)));
	}

	private static boolean isOutput(String line) {
		return line.contains("|dev.taskqueue.stdout|") || line.contains("|at the root");
	}

	private Process start(Path log, Path output) throws IOException {
		Path configuration = Files.writeString(this.directory.resolve("log4j2.xml"),
				CONFIGURATION.formatted(log.toString().replace("\\", "/")), StandardCharsets.UTF_8);
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !new File(entry).getName().startsWith("logback-"))
			.collect(Collectors.joining(File.pathSeparator));
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djava.io.tmpdir=" + this.directory, "-Dlog4j2.configurationFile=" + configuration.toUri(), "-cp",
				classPath, Log4jProgram.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
	}

}
