package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.taskqueue.WorkerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class CacheDirectoryTest {

	@TempDir
	Path directory;

	@Test
	void isMadeForTheUserAlone() throws IOException {
		Path path = CacheDirectory.of(at(this.directory.resolve("a/b"))).path();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
		assertThat(path).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwx---", "rwx----w-" })
	void whatOthersCanWriteToIsRefused(String permissions) throws IOException {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString(permissions));
		assertThatIOException().isThrownBy(() -> CacheDirectory.of(at(this.directory)))
			.withMessageContaining("only its owner can write to");
	}

	@Test
	void linkIsRefused() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"),
				Files.createDirectory(this.directory.resolve("target")));
		assertThatIOException().isThrownBy(() -> CacheDirectory.of(at(link)));
	}

	@Test
	void fileIsRefused() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatIOException().isThrownBy(() -> CacheDirectory.of(at(file)));
	}

	private static WorkerOptions at(Path path) {
		return WorkerOptions.defaults().withCacheDirectory(path);
	}

}
