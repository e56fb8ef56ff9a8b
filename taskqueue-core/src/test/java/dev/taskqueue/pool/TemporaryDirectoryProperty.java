package dev.taskqueue.pool;

import java.nio.file.Path;

/**
 * Another {@code java.io.tmpdir} while it is open.
 */
final class TemporaryDirectoryProperty implements AutoCloseable {

	private static final String NAME = "java.io.tmpdir";

	private final String before = System.getProperty(NAME);

	TemporaryDirectoryProperty(Path path) {
		System.setProperty(NAME, path.toString());
	}

	@Override
	public void close() {
		System.setProperty(NAME, this.before);
	}

}
