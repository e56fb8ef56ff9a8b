package dev.taskqueue;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What JVMs say that do not start; real ones are in the tests with processes. */
class StartFailureTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Unrecognized VM option 'NoSuchFlag'                                              | jvm-args
					Unrecognized option: --no-such                                                   | jvm-args
					Invalid maximum heap size: -Xmx1g -Xms1g                                         | jvm-args
					Conflicting collector combinations in option list; please refer to the release notes for the combinations allowed | jvm-args
					Error: Could not find or load main class dev.taskqueue.worker.WorkerMain         | class-path
					Exception in thread "main" java.lang.NoClassDefFoundError: org/slf4j/LoggerFactory | class-path
					Could not reserve enough space for object heap                                   | max-heap
					Error: LinkageError occurred while loading main class java.lang.UnsupportedClassVersionError | java-home
					something else                                                                   | command-prefix
					""")
	void theReasonIsQuotedAndThePropertyNamed(String line, String property) {
		StartFailure failure = StartFailure.of(report(4711, 1, null, "Picked up JAVA_TOOL_OPTIONS: -Da=b", line,
				"Error: A fatal exception has occurred. Program will exit."));
		assertThat(failure.description())
			.isEqualTo("A worker process ended before it was ready, with exit code 1: " + line + ".");
		assertThat(failure.action()).contains(property).endsWith(".");
	}

	@Test
	void theGenericLineGoesAfterTheReason() {
		StartFailure failure = StartFailure.of(report(4711, 1, null, "Error occurred during initialization of VM",
				"Initial heap size set to a larger value than the maximum heap size"));
		assertThat(failure.description())
			.endsWith(": Initial heap size set to a larger value than the maximum heap size.");
		assertThat(failure.action()).contains("taskqueue.worker.jvm-args");
	}

	@Test
	void withoutAProcessTheSystemsWordsAreQuoted() {
		StartFailure failure = StartFailure.of(report(-1, null, null, "java.io.IOException: error=2, No such file"));
		assertThat(failure.description())
			.isEqualTo("No worker process can be launched: java.io.IOException: error=2, No such file.");
		assertThat(failure.action()).contains("taskqueue.worker.java-home");
	}

	@Test
	void aContextsOwnTextIsTheReasonWhateverElseWasSaid() {
		StartFailure failure = StartFailure.of(report(4711, 70, null, "Unrecognized VM option")
			.because(CrashReason.START_FAILED, "No bean\nDefine one"));
		assertThat(failure.description())
			.isEqualTo("A worker process could not start its context: No bean\nDefine one");
		assertThat(failure.action()).contains("taskqueue.worker.spring");
	}

	@Test
	void oneThatWasKilledSaysByWhat() {
		StartFailure failure = StartFailure.of(report(4711, 137, "SIGKILL"));
		assertThat(failure.description())
			.isEqualTo("A worker process was ended by SIGKILL before it was ready; it said nothing.");
		assertThat(failure.action()).contains("taskqueue.worker.startup-timeout");
	}

	@Test
	void whatItWasKilledForIsTheReason() {
		StartFailure failure = StartFailure.of(report(4711, 137, "SIGKILL", "some warning")
			.because(CrashReason.START_FAILED, "it was not ready within the startup-timeout"));
		assertThat(failure.description()).isEqualTo(
				"A worker process was ended by SIGKILL before it was ready: it was not ready within the startup-timeout.");
	}

	private static CrashReport report(long pid, @Nullable Integer code, @Nullable String signal, String... stderr) {
		return new CrashReport(CrashReason.START_FAILED, pid, code, signal, Duration.ofMinutes(1), 0, List.of(stderr),
				null, null);
	}

}
