package dev.taskqueue.worker;

import java.io.IOException;
import java.util.Map;

/**
 * A log forwarder with levels and an outbox of the test's own, while it is open.
 */
final class InstalledForwarder implements AutoCloseable {

	private final Outbox outbox;

	InstalledForwarder() throws IOException {
		this(Map.of("", "INFO"));
	}

	InstalledForwarder(Map<String, String> levels) throws IOException {
		this.outbox = new Outbox();
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
