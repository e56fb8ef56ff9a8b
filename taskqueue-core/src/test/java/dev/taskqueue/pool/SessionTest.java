package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.taskqueue.QueueStartException;
import dev.taskqueue.QueueStartException.Reason;
import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SessionTest {

	@TempDir
	Path parent;

	@Test
	void aMissingTemporaryDirectoryIsNamedWithWhatToSet() {
		QueueStartException ex = refusal(this.parent.resolve("missing"));
		assertThat(ex.reason()).isEqualTo(Reason.TEMPORARY_DIRECTORY);
		assertThat(ex.description()).startsWith("Queue 'mail' cannot be started")
			.contains(this.parent.resolve("missing").toString(), "NoSuchFileException")
			.endsWith(".");
		assertThat(ex.action()).startsWith("Set -Djava.io.tmpdir to");
		assertThat(ex).hasMessage(ex.description() + " " + ex.action()).hasCauseInstanceOf(IOException.class);
	}

	@Test
	void aTemporaryDirectoryThatCannotHoldFilesIsNamedToo() throws IOException {
		Path file = Files.createFile(this.parent.resolve("file"));
		assertThat(refusal(file).reason()).isEqualTo(Reason.TEMPORARY_DIRECTORY);
	}

	@Test
	void aPathTooLongForASocketIsAReasonOfItsOwn() throws IOException {
		Path deep = Files.createDirectories(this.parent.resolve("d".repeat(100)));
		assertThat(refusal(deep).reason()).isEqualTo(Reason.SOCKET_PATH);
	}

	@Test
	void aQueueThatCouldNotStartIsAsBefore() {
		TaskQueue queue = TaskQueue.builder().build();
		try (TemporaryDirectoryProperty missing = new TemporaryDirectoryProperty(this.parent.resolve("missing"))) {
			assertThat(missing).isNotNull();
			assertThat(catchThrowableOfType(QueueStartException.class, queue::start)).isNotNull();
		}
		assertThat(queue.snapshot().state()).isEqualTo(QueueState.CREATED);
		queue.close();
	}

	private static QueueStartException refusal(Path temporary) {
		try (TemporaryDirectoryProperty property = new TemporaryDirectoryProperty(temporary)) {
			assertThat(property).isNotNull();
			return catchThrowableOfType(QueueStartException.class, () -> Session.open("mail").close());
		}
	}

}
