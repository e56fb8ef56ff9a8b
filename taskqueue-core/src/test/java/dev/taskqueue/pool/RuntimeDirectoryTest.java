package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import dev.taskqueue.QueueStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class RuntimeDirectoryTest {

	@TempDir
	Path parent;

	private TemporaryDirectoryProperty property;

	@BeforeEach
	void useADirectoryOfOurOwn() {
		this.property = new TemporaryDirectoryProperty(this.parent);
	}

	@AfterEach
	void restore() {
		this.property.close();
	}

	@Test
	void onlyItsUserCanEnter() throws IOException {
		RuntimeDirectory directory = RuntimeDirectory.create();
		Path path = Path.of(directory.toString());
		assertThat(path).isDirectory().hasParent(this.parent);
		assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
		directory.delete();
	}

	@Test
	void deleteLeavesNothing() throws IOException {
		RuntimeDirectory directory = RuntimeDirectory.create();
		Files.createFile(directory.page(1));
		Files.createFile(directory.argumentFile());
		directory.delete();
		assertThat(this.parent).isEmptyDirectory();
	}

	@Test
	void whatIsInItHasANameOfItsOwn() throws IOException {
		RuntimeDirectory directory = RuntimeDirectory.create();
		assertThat(directory.page(1)).isNotEqualTo(directory.page(2));
		assertThat(directory.errorFilePattern().replace("%p", "4711")).isEqualTo(directory.errorFile(4711).toString());
		directory.delete();
	}

	@Test
	void twoOfOneApplicationLiveSideBySide() throws IOException {
		RuntimeDirectory first = RuntimeDirectory.create();
		RuntimeDirectory second = RuntimeDirectory.create();
		assertThat(Path.of(first.toString())).isDirectory();
		assertThat(Path.of(second.toString())).isDirectory().isNotEqualTo(Path.of(first.toString()));
		first.delete();
		second.delete();
	}

	@Test
	void whatADeadApplicationLeftIsSwept() throws IOException {
		Path abandoned = abandoned("taskqueue-99999999-abc");
		Files.createFile(abandoned.resolve("page-1"));
		RuntimeDirectory.create().delete();
		assertThat(abandoned).doesNotExist();
	}

	@Test
	void whatALivingApplicationHoldsIsNotSwept() throws IOException {
		Path held = abandoned("taskqueue-99999998-abc");
		try (FileChannel channel = FileChannel.open(held.resolve("lock"), StandardOpenOption.WRITE);
				FileLock lock = channel.lock()) {
			RuntimeDirectory.create().delete();
			assertThat(lock.isValid()).isTrue();
			assertThat(held).isDirectory();
		}
	}

	@Test
	void applicationsThatStartAtTheSameTimeSpareEachOther() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process other = new ProcessBuilder(java, "-Djava.io.tmpdir=" + this.parent, "-cp",
				System.getProperty("java.class.path"), Starts.class.getName())
			.inheritIO()
			.start();
		try {
			Starts.main(new String[0]);
			assertThat(other.waitFor()).isZero();
		}
		finally {
			other.destroyForcibly().waitFor();
		}
	}

	@Test
	void otherNamesAreLeftAlone() throws IOException {
		Path other = abandoned("taskqueues");
		Path file = Files.createFile(this.parent.resolve("taskqueue-notes.txt"));
		RuntimeDirectory.create().delete();
		assertThat(other).isDirectory();
		assertThat(file).exists();
	}

	/**
	 * In a directory that everybody may write, somebody else could have made the link.
	 */
	@Test
	void aLinkIsNotFollowed() throws IOException {
		Path target = abandoned("precious");
		Files.createFile(target.resolve("data"));
		Files.createSymbolicLink(this.parent.resolve("taskqueue-99999997-abc"), target);
		RuntimeDirectory.create().delete();
		assertThat(target.resolve("data")).exists();
	}

	@Test
	void oneThatCannotBeDeletedDoesNotKeepTheRest() throws IOException {
		Path odd = abandoned("taskqueue-1-odd");
		Files.createDirectories(odd.resolve("directory").resolve("inside"));
		Path abandoned = abandoned("taskqueue-2-abc");
		Path another = abandoned("taskqueue-0-abc");
		RuntimeDirectory.create().delete();
		assertThat(abandoned).doesNotExist();
		assertThat(another).doesNotExist();
	}

	@Test
	void aPathTooLongForASocketIsRefusedWithItsLengthAndLeavesNothing() throws IOException {
		Path deep = Files.createDirectories(this.parent.resolve("d".repeat(100)));
		try (TemporaryDirectoryProperty longer = new TemporaryDirectoryProperty(deep)) {
			assertThat(longer).isNotNull();
			assertThatExceptionOfType(QueueStartException.class).isThrownBy(RuntimeDirectory::create)
				.returns(QueueStartException.Reason.SOCKET_PATH, QueueStartException::reason)
				.withMessageContaining("the system allows 106")
				.withMessageEndingWith("Set -Djava.io.tmpdir to a directory with a shorter path, such as /tmp.");
		}
		assertThat(deep).isEmptyDirectory();
	}

	@Test
	void aTemporaryDirectoryThatIsMissingIsAnError() {
		try (TemporaryDirectoryProperty missing = new TemporaryDirectoryProperty(this.parent.resolve("missing"))) {
			assertThat(missing).isNotNull();
			assertThatIOException().isThrownBy(RuntimeDirectory::create);
		}
	}

	/**
	 * As a process that was killed leaves it: the lock's file is there, and nobody holds
	 * it.
	 */
	private Path abandoned(String name) throws IOException {
		Path directory = Files.createDirectory(this.parent.resolve(name));
		Files.createFile(directory.resolve("lock"));
		return directory;
	}

	/** An application's start, again and again. */
	static final class Starts {

		private static final int TIMES = 3000;

		private Starts() {
		}

		public static void main(String[] arguments) throws IOException {
			for (int i = 0; i < TIMES; i++) {
				RuntimeDirectory directory = RuntimeDirectory.create();
				Files.createFile(directory.argumentFile());
				directory.delete();
			}
		}

	}

}
