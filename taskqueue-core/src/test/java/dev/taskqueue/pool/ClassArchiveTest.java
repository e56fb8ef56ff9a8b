package dev.taskqueue.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import dev.taskqueue.WorkerOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ClassArchiveTest {

	private static final JavaHome JAVA = new JavaHome(Path.of("/java"), "JAVA_VERSION=\"17\"");

	@TempDir
	Path directory;

	@Test
	void sameJarsAndArgumentsHaveTheSameArchive() throws IOException {
		Path jar = jar("a.jar", "");
		assertThat(name(jar, List.of("-Da=b"))).isEqualTo(name(jar, List.of("-Da=b")))
			.isNotEqualTo(name(jar, List.of("-Da=c")));
	}

	@Test
	void jarWrittenAnewHasAnotherOneThoughItsTimeIsTheSame() throws IOException {
		Path jar = jar("a.jar", "");
		FileTime time = Files.getLastModifiedTime(jar);
		String before = name(jar, List.of());
		jar("a.jar", "");
		Files.setLastModifiedTime(jar, time);
		assertThat(name(jar, List.of())).isNotEqualTo(before);
	}

	@Test
	void jarThatAManifestNamesCounts() throws IOException {
		Path named = jar("lib jar.jar", "");
		Path jar = jar("a.jar", "lib%20jar.jar");
		String before = name(jar, List.of());
		Files.writeString(named, "other");
		Files.delete(named);
		assertThat(name(jar, List.of())).isNotEqualTo(before);
	}

	@Test
	void directoriesCannotBeArchived() throws IOException {
		Files.createDirectory(this.directory.resolve("classes"));
		assertThat(archive(jar("a.jar", "classes/"), List.of())).isNull();
		assertThat(this.directory.resolve("cache")).doesNotExist();
	}

	@Test
	void onlyOneMakesIt() throws IOException {
		Path jar = jar("a.jar", "");
		ClassArchive archive = Objects.requireNonNull(archive(jar, List.of()));
		assertThat(archive.claim(Set.of())).isTrue();
		assertThat(archive.claim(Set.of())).isFalse();
		assertThat(Objects.requireNonNull(archive(jar, List.of())).claim(Set.of())).isFalse();
		archive.release();
		assertThat(archive.claim(Set.of())).isTrue();
	}

	@Test
	void whatIsNotTrustedIsNeitherUsedNorMadeAgain() throws IOException {
		ClassArchive archive = Objects.requireNonNull(archive(jar("a.jar", ""), List.of()));
		assertThat(archive.claim(Set.of())).isTrue();
		assertThat(archive.use()).isEmpty();
		archive.publish(Files.createFile(archive.unfinished().resolve("x")));
		assertThat(archive.use()).contains("-XX:SharedArchiveFile=" + archive);
		archive.distrust();
		assertThat(archive.use()).isEmpty();
		assertThat(Path.of(archive.toString())).doesNotExist();
		assertThat(archive.claim(Set.of())).isFalse();
	}

	@Test
	void itIsMadeAnewForClassesItLacks() throws IOException {
		Path jar = jar("a.jar", "");
		ClassArchive archive = Objects.requireNonNull(archive(jar, List.of()));
		assertThat(archive.claim(Set.of("a.A"))).isTrue();
		archive.publish(Files.createFile(archive.unfinished().resolve("x")));
		archive.remember(Set.of("a.A"));
		assertThat(archive.claim(Set.of())).isFalse();
		assertThat(archive.claim(Set.of("a.A"))).isFalse();
		ClassArchive later = Objects.requireNonNull(archive(jar, List.of()));
		assertThat(later.claim(Set.of("a.A", "a.B"))).isTrue();
		later.remember(Set.of("a.A", "a.B"));
		assertThat(later.classes()).containsExactlyInAnyOrder("a.A", "a.B");
		assertThat(archive.claim(Set.of("a.B"))).as("tried, whatever came of it").isFalse();
	}

	private String name(Path jar, List<String> arguments) {
		return Objects.requireNonNull(archive(jar, arguments)).toString();
	}

	private @Nullable ClassArchive archive(Path jar, List<String> arguments) {
		return ClassArchive.of(ClassPath.parse(jar.toString()), JAVA, arguments,
				WorkerOptions.defaults().withCacheDirectory(this.directory.resolve("cache")));
	}

	private Path jar(String name, String classPath) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
		Path file = this.directory.resolve(name);
		try (OutputStream out = Files.newOutputStream(file)) {
			new JarOutputStream(out, manifest).close();
		}
		return file;
	}

}
