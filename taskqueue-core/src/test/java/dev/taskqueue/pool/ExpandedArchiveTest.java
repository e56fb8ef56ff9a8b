package dev.taskqueue.pool;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ExpandedArchiveTest {

	@TempDir
	Path directory;

	private CacheDirectory cache = new CacheDirectory(Path.of("/"));

	@BeforeEach
	void createCache() throws IOException {
		this.cache = new CacheDirectory(Files.createDirectory(this.directory.resolve("cache")));
	}

	@Test
	void filesAreInTheOrderOfTheArchive() throws IOException {
		Path jar = jar("JarLauncher", "BOOT-INF/lib/b.jar=B", "BOOT-INF/classes/", "BOOT-INF/classes/x.txt=X",
				"BOOT-INF/lib/a.jar=A", "META-INF/other=O");
		List<File> files = expand(jar);
		assertThat(files).extracting(File::getName).containsExactly("b.jar", "classes.jar", "a.jar");
		assertThat(files.get(0)).hasContent("B");
	}

	@Test
	void classesAreUnderTheManifestOfTheArchive() throws IOException {
		Path jar = jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/classes/a/", "BOOT-INF/classes/a/x.txt=X",
				"BOOT-INF/lib/a.jar=A");
		try (JarFile classes = new JarFile(expand(jar).get(0))) {
			Attributes attributes = classes.getManifest().getMainAttributes();
			assertThat(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION)).isEqualTo("7");
			assertThat(attributes).doesNotContainKey(Attributes.Name.MAIN_CLASS);
			assertThat(classes.stream().map(ZipEntry::getName)).containsExactly("META-INF/MANIFEST.MF", "a/",
					"a/x.txt");
			assertThat(new String(classes.getInputStream(classes.getEntry("a/x.txt")).readAllBytes(),
					StandardCharsets.UTF_8))
				.isEqualTo("X");
		}
	}

	@Test
	void warsHaveLibrariesOfTwoKinds() throws IOException {
		Path war = jar("WarLauncher", "WEB-INF/classes/", "WEB-INF/lib/a.jar=A", "WEB-INF/lib-provided/a.jar=P");
		assertThat(expand(war)).extracting(File::getName).containsExactly("classes.jar", "a.jar", "a.jar");
	}

	@Test
	void secondUseFindsTheFirst() throws IOException {
		Path jar = jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/lib/a.jar=A");
		List<File> first = expand(jar);
		assertThat(first.get(1).setLastModified(1000)).isTrue();
		assertThat(expand(jar)).isEqualTo(first);
		assertThat(first.get(1).lastModified()).as("not written again").isEqualTo(1000);
	}

	@Test
	void otherContentOfTheSameSizeAndTimeIsAnotherArchive() throws IOException {
		Path jar = jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/lib/a.jar=A");
		long size = Files.size(jar);
		FileTime time = Files.getLastModifiedTime(jar);
		List<File> first = expand(jar);
		jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/lib/a.jar=B");
		Files.setLastModifiedTime(jar, time);
		assertThat(Files.size(jar)).isEqualTo(size);
		assertThat(expand(jar)).doesNotContainAnyElementsOf(first);
		assertThat(expand(jar).get(1)).hasContent("B");
		assertThat(first.get(1)).hasContent("A");
	}

	@Test
	void damagedCopyIsMadeAgain() throws IOException {
		Path jar = jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/lib/a.jar=AAA");
		Path library = expand(jar).get(1).toPath();
		Files.writeString(library, "");
		assertThat(expand(jar).get(1)).hasContent("AAA");
		Files.delete(library);
		assertThat(expand(jar).get(1)).hasContent("AAA");
	}

	@Test
	void nameThatLeadsOutOfTheDirectoryIsRefused() throws IOException {
		Path jar = jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/lib/../../../a.jar=A");
		assertThatIOException().isThrownBy(() -> expand(jar)).withMessageContaining("../../../a.jar");
		assertThat(this.directory.resolve("cache/archives")).isEmptyDirectory();
	}

	@Test
	void whatIsInUseIsNotSwept() throws IOException {
		List<File> inUse = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			inUse.addAll(expand(jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/lib/a.jar=" + i)));
		}
		assertThat(inUse).allSatisfy((file) -> assertThat(file).exists());
	}

	@Test
	void whatIsNotInUseIsSweptButForTheLast() throws IOException {
		Path archives = Files.createDirectory(this.directory.resolve("cache/archives"));
		for (int i = 0; i < 8; i++) {
			Path old = Files.createDirectory(archives.resolve("old" + i));
			Files.createFile(old.resolve("lock"));
			Files.setLastModifiedTime(old, FileTime.fromMillis(i * 1000L));
		}
		expand(jar("JarLauncher", "BOOT-INF/classes/", "BOOT-INF/lib/a.jar=A"));
		try (Stream<Path> left = Files.list(archives)) {
			assertThat(left.map((path) -> path.getFileName().toString()).filter((name) -> name.startsWith("old")))
				.containsExactlyInAnyOrder("old5", "old6", "old7");
		}
	}

	private List<File> expand(Path jar) throws IOException {
		return ExpandedArchive.of(Objects.requireNonNull(BootArchive.find(jar.toFile())), this.cache);
	}

	private Path jar(String launcher, String... entries) throws IOException {
		Manifest manifest = new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch." + launcher);
		attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "7");
		Path file = this.directory.resolve("app.jar");
		try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
			for (String entry : entries) {
				String[] words = entry.split("=", 2);
				byte[] content = (words.length > 1) ? words[1].getBytes(StandardCharsets.UTF_8) : new byte[0];
				ZipEntry stored = new ZipEntry(words[0]);
				CRC32 crc = new CRC32();
				crc.update(content);
				stored.setMethod(ZipEntry.STORED);
				stored.setSize(content.length);
				stored.setCrc(crc.getValue());
				stored.setTime(0);
				jar.putNextEntry(stored);
				jar.write(content);
				jar.closeEntry();
			}
		}
		return file;
	}

}
