package dev.taskqueue.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Executable jars and wars, as they are and extracted.
 */
@DisabledOnOs(OS.WINDOWS)
class ExecutableArchiveIT {

	private static final String VERSION = "0.1.0-SNAPSHOT";

	private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "jar", "war" })
	void workersHaveTheNestedLibrariesOnTheirClassPath(String extension) throws Exception {
		Application application = new Application(this.directory);
		Path archive = archive(extension);
		Application.Run run = application.java("-jar", archive.toString());
		assertThat(run.usesBootLoader()).as(run.text()).isFalse();
		List<String> entries = List.of(run.fact("class-path").split(File.pathSeparator));
		assertThat(entries).last().isEqualTo(archive.toString());
		assertThat(entries.subList(0, entries.size() - 1)).hasSizeGreaterThan(5)
			.allMatch((entry) -> entry.startsWith(application.cache().toString()));
		assertThat(entries.get(0)).endsWith("classes.jar");
		assertThat(run.worker()).containsEntry("version", VERSION);
		assertThat(
				PosixFilePermissions.toString(Files.getPosixFilePermissions(application.cache().resolve("taskqueue"))))
			.isEqualTo("rwx------");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jar", "war" })
	void workersStartByTheLoaderIfToldSo(String extension) throws Exception {
		Application application = new Application(this.directory).with("-Dtaskqueue.worker.launch-mode=boot-loader",
				"-Dtaskqueue.worker.class-archive=false");
		Application.Run run = application.java("-jar", archive(extension).toString());
		assertThat(run.usesBootLoader()).as(run.text()).isTrue();
		assertThat(run.worker()).containsEntry("version", VERSION);
		assertThat(application.cache()).doesNotExist();
	}

	@Test
	void withoutACacheWorkersStartByTheLoader() throws Exception {
		Application application = new Application(this.directory);
		Files.writeString(application.cache(), "a file where a directory should be");
		Application.Run run = application.java("-jar", Application.artifact(".jar").toString());
		assertThat(run.usesBootLoader()).as(run.text()).isTrue();
		assertThat(run.text()).contains("Workers start by the loader of");
	}

	@Test
	void applicationsThatStartAtOnceShareOneCopy() throws Exception {
		List<CompletableFuture<Application.Run>> runs = Stream.of("a", "b")
			.map((name) -> CompletableFuture.supplyAsync(() -> runNamed(name)))
			.toList();
		for (CompletableFuture<Application.Run> run : runs) {
			assertThat(run.join().usesBootLoader()).as(run.join().text()).isFalse();
		}
		try (Stream<Path> copies = Files.list(this.directory.resolve("cache/taskqueue/archives"))) {
			assertThat(copies).hasSize(1);
		}
		assertThat(new Application(this.directory).leftBehind()).isEmpty();
	}

	private Path archive(String extension) throws IOException {
		Path archive = Application.artifact(extension.equals("war") ? "-war.jar" : ".jar");
		return Files.copy(archive, this.directory.resolve("app." + extension));
	}

	private Application.Run runNamed(String name) {
		try {
			Files.createDirectories(this.directory.resolve(name).resolve("tmp"));
			return new Application(this.directory).besideOthers()
				.with("-Djava.io.tmpdir=" + this.directory.resolve(name).resolve("tmp"))
				.java("-jar", Application.artifact(".jar").toString());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "mit Größe 100%/a b.jar", "a#b+c%20d/ä!b.jar" })
	void namesMayHaveAnyLetters(String name) throws Exception {
		Path jar = this.directory.resolve(name);
		Files.createDirectories(jar.getParent());
		Files.copy(Application.artifact(".jar"), jar);
		Application.Run run = new Application(this.directory).java("-jar", jar.toString());
		assertThat(run.usesBootLoader()).as(run.text()).isFalse();
		assertThat(run.fact("class-path")).endsWith(jar.toString());
	}

	@Test
	void aRelativeLinkToAJarWorks() throws Exception {
		Path elsewhere = Files.createDirectories(this.directory.resolve("elsewhere"));
		Files.createSymbolicLink(elsewhere.resolve("app.jar"), Application.artifact(".jar"));
		Application.Run run = new Application(this.directory).in(elsewhere).java("-jar", "app.jar");
		assertThat(run.usesBootLoader()).as(run.text()).isFalse();
		assertThat(run.worker()).containsEntry("directory", elsewhere.toString());
	}

	@ParameterizedTest
	@CsvSource({ "false", "true" })
	void extractedJarsWork(boolean launcher) throws Exception {
		Application application = new Application(this.directory);
		Path target = this.directory.resolve("extracted");
		List<String> extract = Stream
			.of("-Djarmode=tools", "-jar", Application.artifact(".jar").toString(), "extract", "--destination",
					target.toString(), launcher ? "--launcher" : "")
			.filter((word) -> !word.isEmpty())
			.toList();
		Application.Run extraction = application.java(extract.toArray(String[]::new));
		assertThat(extraction.exitCode()).as(extraction.text()).isZero();
		String[] start = launcher ? new String[] { LAUNCHER }
				: new String[] { "-jar", Application.artifact(".jar").getFileName().toString() };
		Application.Run run = application.in(target).java(start);
		Map<String, String> worker = run.worker();
		assertThat(run.usesBootLoader()).as(run.text()).isFalse();
		if (launcher) {
			assertThat(run.fact("class-path")).startsWith(target.resolve("BOOT-INF/classes").toString())
				.contains(target.resolve("BOOT-INF/lib").toString());
		}
		else {
			assertThat(worker).containsEntry("version", VERSION);
		}
		assertThat(application.cache().resolve("taskqueue/archives")).doesNotExist();
	}

	@Test
	void aClassPathThatCannotBeMadeIsExplained() throws Exception {
		Application application = new Application(this.directory).with("-Dtaskqueue.worker.launch-mode=class-path");
		Files.writeString(application.cache(), "a file where a directory should be");
		Application.Run run = application.java("-jar", Application.artifact(".jar").toString());
		assertThat(run.exitCode()).isEqualTo(1);
		assertThat(run.text()).contains("taskqueue.worker.cache-directory").contains("START_FAILED");
	}

}
