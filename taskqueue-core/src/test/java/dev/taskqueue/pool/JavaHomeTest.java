package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JavaHomeTest {

	private static final Path ARCHIVE = Path.of("/a");

	@TempDir
	Path home;

	@Test
	void seventeenSharesClassData() throws IOException {
		JavaHome java = java("JAVA_VERSION=\"17.0.12\"");
		assertThat(java.writeArchive(ARCHIVE)).containsExactly("-XX:ArchiveClassesAtExit=/a");
		assertThat(java.readArchive(ARCHIVE)).contains("-XX:SharedArchiveFile=/a");
	}

	@Test
	void twentyFiveHasAnAotCache() throws IOException {
		JavaHome java = java("IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25\"\n");
		assertThat(java.writeArchive(ARCHIVE)).containsExactly("-XX:AOTCacheOutput=/a");
		assertThat(java.readArchive(ARCHIVE)).contains("-XX:AOTCache=/a");
	}

	/** The others do not know the flag, or have no need of it. */
	@Test
	void archivesOfClassDataStayInPlace() throws IOException {
		assertThat(java("JAVA_VERSION=\"17.0.12\"").keepArchivesInPlace()).contains("-XX:ArchiveRelocationMode=0");
		assertThat(java("JAVA_VERSION=\"24\"").keepArchivesInPlace()).contains("-XX:ArchiveRelocationMode=0");
		assertThat(java("JAVA_VERSION=\"25\"").keepArchivesInPlace()).isEmpty();
		assertThat(java("").keepArchivesInPlace()).isEmpty();
	}

	@Test
	void withoutAReleaseFileNothingIsKnown() {
		assertThat(JavaHome.at(this.home).isKnown()).isFalse();
	}

	@Test
	void anotherReleaseInTheSamePlaceIsAnotherJava() throws IOException {
		String before = java("JAVA_VERSION=\"17.0.12\"").identity();
		assertThat(java("JAVA_VERSION=\"17.0.13\"").identity()).isNotEqualTo(before);
	}

	private JavaHome java(String release) throws IOException {
		Files.writeString(this.home.resolve("release"), release);
		return JavaHome.at(this.home);
	}

}
