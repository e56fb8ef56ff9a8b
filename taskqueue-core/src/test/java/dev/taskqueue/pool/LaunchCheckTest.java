package dev.taskqueue.pool;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import dev.taskqueue.QueueStartException;
import dev.taskqueue.QueueStartException.Reason;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.fixture.CapturedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LaunchCheckTest {

	private static final WorkerOptions OPTIONS = WorkerOptions.defaults();

	@TempDir
	Path directory;

	@Test
	void theApplicationsOwnAreAccepted() {
		accept(OPTIONS);
		accept(OPTIONS.withJavaHome(Path.of(System.getProperty("java.home")))
			.withClassPath(System.getProperty("java.class.path")));
	}

	@Test
	void aJavaHomeWithoutAProgramIsRefused() {
		QueueStartException ex = refusal(OPTIONS.withJavaHome(this.directory));
		assertThat(ex.reason()).isEqualTo(Reason.JAVA_HOME);
		assertThat(ex.description()).contains("'mail'", "taskqueue.worker.java-home is " + this.directory, "bin/java");
		assertThat(ex.action()).contains("taskqueue.worker.java-home", System.getProperty("java.home"));
	}

	@Test
	void aClassPathWithoutUsIsRefusedAndWhatIsMissingIsNamed() throws IOException {
		Path missing = this.directory.resolve("missing.jar");
		Path other = jar("other.jar", "com/acme/Task.class", null);
		Path broken = Files.writeString(this.directory.resolve("broken.jar"), "no jar");
		QueueStartException ex = refusal(OPTIONS.withClassPath(joined(missing, other, broken)));
		assertThat(ex.reason()).isEqualTo(Reason.CLASS_PATH);
		assertThat(ex.description()).contains("Not there, or not readable for this user: " + missing + ".");
		assertThat(ex.action()).startsWith("Correct taskqueue.worker.class-path").contains("taskqueue-core");
	}

	@Test
	void aClassPathThatMayFindUsIsAccepted() throws IOException {
		accept(OPTIONS.withClassPath(jar("us.jar", "dev/taskqueue/worker/WorkerMain.class", null).toString()));
		accept(OPTIONS.withClassPath(jar("path.jar", "a", Attributes.Name.CLASS_PATH).toString()));
		accept(OPTIONS.withClassPath(this.directory + File.separator + "*"));
	}

	@Test
	void whatIsMissingBesideUsIsSaid() {
		Path missing = this.directory.resolve("missing.jar");
		try (CapturedLog log = CapturedLog.of("dev.taskqueue.worker")) {
			accept(OPTIONS.withClassPath(System.getProperty("java.class.path") + File.pathSeparator + missing));
			assertThat(log.messages()).singleElement().asString().contains(missing.toString());
		}
	}

	private static void accept(WorkerOptions options) {
		assertThatCode(() -> LaunchCheck.check("mail", options)).doesNotThrowAnyException();
	}

	private static QueueStartException refusal(WorkerOptions options) {
		return catchThrowableOfType(QueueStartException.class, () -> LaunchCheck.check("mail", options));
	}

	private Path jar(String name, String entry, Attributes.@Nullable Name attribute) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		if (attribute != null) {
			manifest.getMainAttributes().put(attribute, "lib.jar");
		}
		Path file = this.directory.resolve(name);
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
			jar.putNextEntry(new ZipEntry(entry));
		}
		return file;
	}

	private static String joined(Path... paths) {
		return String.join(File.pathSeparator, Stream.of(paths).map(Path::toString).toList());
	}

}
