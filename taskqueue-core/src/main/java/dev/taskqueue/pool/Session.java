package dev.taskqueue.pool;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;

import dev.taskqueue.TaskQueueException;

/**
 * What exists from a queue's start to its termination: the directory, the socket workers
 * connect to, and the watchdog.
 */
final class Session implements AutoCloseable {

	private final RuntimeDirectory directory;

	private final ServerSocketChannel server;

	private final Watchdog watchdog = new Watchdog(WorkerCommand.SETSID);

	private Session(RuntimeDirectory directory, ServerSocketChannel server) {
		this.directory = directory;
		this.server = server;
	}

	/**
	 * Open a session.
	 * @param queue the queue's name
	 * @return the session
	 * @throws TaskQueueException if the machine does not allow it
	 */
	static Session open(String queue) {
		RuntimeDirectory directory = null;
		try {
			directory = RuntimeDirectory.create();
			ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
			server.bind(UnixDomainSocketAddress.of(directory.socket()), 128);
			server.configureBlocking(false);
			return new Session(directory, server);
		}
		catch (IOException | UnsupportedOperationException ex) {
			if (directory != null) {
				directory.delete();
			}
			throw new TaskQueueException("Queue '%s' cannot be started: no socket for its workers can be opened below "
				.formatted(queue) + "the temporary directory " + System.getProperty("java.io.tmpdir") + " (" + ex
					+ "). It must exist, be writable and have a short path; set another one with -Djava.io.tmpdir", ex);
		}
	}

	RuntimeDirectory directory() {
		return this.directory;
	}

	ServerSocketChannel server() {
		return this.server;
	}

	Watchdog watchdog() {
		return this.watchdog;
	}

	@Override
	public void close() {
		this.watchdog.close();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			// Closed as far as it can be
		}
		this.directory.delete();
	}

}
