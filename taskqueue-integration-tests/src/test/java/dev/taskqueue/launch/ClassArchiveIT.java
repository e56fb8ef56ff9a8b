package dev.taskqueue.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Class data archives and AOT caches of workers.
 */
@DisabledOnOs(OS.WINDOWS)
class ClassArchiveIT {

	private static final String ARCHIVE = ".archive";

	@TempDir
	Path directory;

	private String[] start = {};

	@BeforeEach
	void useJarsOnly() throws IOException, InterruptedException {
		Path jar = this.directory.resolve("app.jar");
		Files.copy(Application.artifact(".jar.original"), jar);
		Stream<String> libraries = Stream.of(Application.classPath().split(File.pathSeparator, -1))
			.filter((entry) -> new File(entry).isFile());
		String classPath = String.join(File.pathSeparator,
				Stream.concat(Stream.of(jar.toString()), libraries).toList());
		this.start = new String[] { "-cp", classPath, PlainApplication.class.getName() };
	}

	@Test
	void workersToComeHaveTheirClassesFromTheArchive() throws Exception {
		Application application = new Application(this.directory).with("-Dfixture.load-log=" + this.directory);
		Application.Run first = application.whileAlive(this::isMade).java(start("linger"));
		assertThat(first.fact("archive")).isEqualTo("none");
		assertThat(application.isLoadedFromArchive(first)).isFalse();
		Application.Run second = application.java(this.start);
		assertThat(second.fact("archive")).contains(archives().get(0).toString());
		assertThat(application.isLoadedFromArchive(second)).isTrue();
		assertThat(archives()).hasSize(1);
	}

	@Test
	void brokenArchiveCostsNothing() throws Exception {
		Application application = new Application(this.directory);
		application.whileAlive(this::isMade).java(start("linger"));
		Files.write(archives().get(0), new byte[100]);
		Application.Run run = application.java(this.start);
		assertThat(run.worker()).isNotEmpty();
		assertThat(run.text()).doesNotContainIgnoringCase("archive file").doesNotContain("[warning]", "[error]");
	}

	@Test
	void changedJarHasAnArchiveOfItsOwn() throws Exception {
		Application application = new Application(this.directory);
		application.whileAlive(this::isMade).java(start("linger"));
		Path jar = this.directory.resolve("app.jar");
		byte[] bytes = Files.readAllBytes(jar);
		FileTime time = Files.getLastModifiedTime(jar);
		Files.write(jar, bytes);
		Files.setLastModifiedTime(jar, time); // as a build that can be repeated does
		assertThat(application.java(this.start).fact("archive")).isEqualTo("none");
	}

	@Test
	void switchedOffNothingIsMade() throws Exception {
		Application application = new Application(this.directory).with("-Dtaskqueue.worker.class-archive=false");
		application.java("-jar", Application.artifact(".jar").toString());
		assertThat(application.cache().resolve("taskqueue/classes")).doesNotExist();
	}

	@Test
	void endOfTheQueueEndsTheMakingOfAnArchive() throws Exception {
		Application application = new Application(this.directory).with(prefixThatHangsWhereAnArchiveIsMade());
		application.whileAlive(this::isBeingMade).java(start("linger"));
		assertThat(ProcessHandle.of(maker())).isEmpty();
		assertThat(filesOfArchives()).as("tried again next time").isEmpty();
	}

	@Test
	void killedApplicationLeavesNobodyMakingAnArchive() throws Exception {
		Application application = new Application(this.directory).with(prefixThatHangsWhereAnArchiveIsMade());
		application.killWhen(this::isBeingMade, start("linger"));
		Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> !makerRuns());
	}

	/** In place of that JVM: something that says its number and sleeps. */
	private String prefixThatHangsWhereAnArchiveIsMade() throws IOException {
		Path script = this.directory.resolve("prefix");
		Path maker = this.directory.resolve("maker");
		Files.writeString(script, """
				#!/bin/sh
				case "$*" in
				*ArchiveClassesAtExit*|*AOTCacheOutput*)
					exec setsid sh -c 'echo $$ >%1$s.part; mv %1$s.part %1$s; exec sleep 1000' ;;
				esac
				exec "$@"
				""".formatted(maker));
		assertThat(script.toFile().setExecutable(true)).isTrue();
		return "-Dfixture.command-prefix=" + script;
	}

	private boolean isBeingMade() {
		return Files.exists(this.directory.resolve("maker"));
	}

	/**
	 * What has ended has no program any more, even if whoever has inherited it takes its
	 * time to take note.
	 */
	private boolean makerRuns() throws IOException {
		return ProcessHandle.of(maker()).flatMap((process) -> process.info().command()).isPresent();
	}

	private long maker() throws IOException {
		return Long.parseLong(Files.readString(this.directory.resolve("maker")).strip());
	}

	private String[] start(String argument) {
		return Stream.concat(Stream.of(this.start), Stream.of(argument)).toArray(String[]::new);
	}

	private boolean isMade() {
		return !archives().isEmpty();
	}

	private List<Path> archives() {
		return filesOfArchives().stream().filter((file) -> file.toString().endsWith(ARCHIVE)).toList();
	}

	private List<Path> filesOfArchives() {
		Path classes = this.directory.resolve("cache/taskqueue/classes");
		if (!Files.isDirectory(classes)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(classes)) {
			return files.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
