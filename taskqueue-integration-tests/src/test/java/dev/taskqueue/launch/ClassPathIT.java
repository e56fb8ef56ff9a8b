package dev.taskqueue.launch;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Class paths of all shapes.
 */
@DisabledOnOs(OS.WINDOWS)
class ClassPathIT {

	private static final String PLAIN = PlainApplication.class.getName();

	@TempDir
	Path directory;

	@Test
	void classesAndJarsAsAnIdeStartsThem() throws Exception {
		Application.Run run = new Application(this.directory).java("-cp", Application.classPath(),
				BootApplication.class.getName());
		assertThat(run.worker()).containsEntry("class-path", Application.classPath());
	}

	@Test
	void relativeOnesAndWildcardsAreMeantWhereTheApplicationWasStarted() throws Exception {
		Path place = this.directory.resolve("place");
		Path lib = Files.createDirectories(place.resolve("lib"));
		for (Path jar : jars()) {
			Files.copy(jar, lib.resolve(jar.getFileName().toString()));
		}
		Files.createSymbolicLink(place.resolve("classes"), classes());
		Application.Run run = new Application(this.directory).in(place).java("-cp", "lib/*:classes", PLAIN);
		assertThat(run.fact("class-path").split(File.pathSeparator)).hasSize(jars().size() + 1)
			.allMatch((entry) -> entry.startsWith(place.toString()));
	}

	@Test
	void veryLongOnesWork() throws Exception {
		String padding = "/nowhere/" + "x".repeat(190) + "/";
		String many = Stream.iterate(0, (number) -> number + 1)
			.limit(11_000)
			.map((number) -> padding + number)
			.collect(Collectors.joining(File.pathSeparator));
		String classPath = Application.classPath() + File.pathSeparator + many;
		assertThat(classPath.length()).isGreaterThan(2 << 20);
		Path arguments = this.directory.resolve("arguments");
		Files.writeString(arguments, "-cp \"" + classPath + '"');
		Application.Run run = new Application(this.directory).java("@" + arguments, PLAIN);
		assertThat(run.worker()).containsEntry("class-path", classPath);
	}

	@Test
	void jarThatOnlyNamesOthersWorks() throws Exception {
		Path jar = this.directory.resolve("mit Größe 100%#.jar");
		write(jar, null);
		Application.Run run = new Application(this.directory).java("-cp", jar.toString(), PLAIN);
		assertThat(run.worker()).containsEntry("class-path", jar.toString());
	}

	@Test
	void plainJarThatNamesItsMainClassAndOthersWorks() throws Exception {
		Path jar = this.directory.resolve("plain.jar");
		write(jar, PLAIN);
		Application.Run run = new Application(this.directory).in(this.directory).java("-jar", "plain.jar");
		assertThat(run.worker()).containsEntry("class-path", jar.toString());
	}

	@Test
	void applicationThatAServerHasLoadedWorks() throws Exception {
		Application.Run run = new Application(this.directory).java("-cp", testClasses().toString(),
				Server.class.getName(), classPathWithoutTests());
		assertThat(run.fact("class-path").split(File.pathSeparator)).contains(classes().toString());
	}

	/** As a container or a cron job without a locale starts it. */
	@Test
	void lettersOfAllLanguagesPassWhereTheLocaleKnowsNone() throws Exception {
		Application.Run run = new Application(this.directory).withEnvironment("LC_ALL", "C")
			.java("-cp", Application.classPath(), PLAIN);
		assertThat(run.fact("letters")).isEqualTo(WorkerFacts.LETTERS);
	}

	private static String classPathWithoutTests() {
		return Stream.of(Application.classPath().split(File.pathSeparator))
			.filter((entry) -> !entry.equals(testClasses().toString()))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Path testClasses() {
		return location(ClassPathIT.class);
	}

	private static Path classes() {
		return location(PlainApplication.class);
	}

	private static Path location(Class<?> type) {
		return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
	}

	private static List<Path> jars() {
		return Stream.of(Application.classPath().split(File.pathSeparator))
			.map(Path::of)
			.filter(Files::isRegularFile)
			.toList();
	}

	/** A jar without any class, as surefire and some IDEs make them. */
	private static void write(Path jar, @Nullable String mainClass) throws IOException {
		Manifest manifest = new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.put(Attributes.Name.CLASS_PATH,
				Stream.of(Application.classPath().split(File.pathSeparator))
					.map((entry) -> Path.of(entry).toUri().toString())
					.collect(Collectors.joining(" ")));
		if (mainClass != null) {
			attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
		}
		try (OutputStream out = Files.newOutputStream(jar)) {
			new JarOutputStream(out, manifest).close();
		}
	}

}
