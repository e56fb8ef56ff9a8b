package dev.taskqueue.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.taskqueue.wire.TaskPage;

/**
 * A log forwarder with levels and an outbox of the test's own, while it is open.
 */
final class InstalledForwarder implements AutoCloseable {

	private final Outbox outbox;

	InstalledForwarder() throws IOException {
		this(Map.of("", "INFO"));
	}

	InstalledForwarder(Map<String, String> levels) throws IOException {
		Path directory = Files.createTempDirectory("forwarder");
		Path file = directory.resolve("page");
		this.outbox = new Outbox(TaskPage.create(file));
		Files.delete(file);
		Files.delete(directory);
		LogForwarder.install(levels, this.outbox);
	}

	Outbox outbox() {
		return this.outbox;
	}

	@Override
	public void close() throws IOException {
		// There is no way to take it out again: let nothing more come of it
		LogForwarder.install(Map.of("", "OFF"), this.outbox);
	}

}
