package dev.taskqueue.pool;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;

import dev.taskqueue.QueueStartException;
import dev.taskqueue.QueueStartException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What exists from a queue's start to its termination: the directory, the socket workers
 * connect to, and the watchdog.
 */
final class Session implements AutoCloseable {

	private final RuntimeDirectory directory;

	private final ServerSocketChannel server;

	private final Stragglers stragglers;

	private final Watchdog watchdog;

	private Session(RuntimeDirectory directory, ServerSocketChannel server, Stragglers stragglers, Watchdog watchdog) {
		this.directory = directory;
		this.server = server;
		this.stragglers = stragglers;
		this.watchdog = watchdog;
	}

	/**
	 * Open a session.
	 * @param queue the queue's name
	 * @return the session
	 * @throws QueueStartException if the machine does not allow it
	 */
	static Session open(String queue) {
		Stragglers stragglers = new Stragglers();
		return open(queue, stragglers, new Watchdog(WorkerCommand.SETSID, stragglers.prefix()));
	}

	/**
	 * A session in place of this one, for workers to come. Those that are connected stay.
	 * @param queue the queue's name
	 * @return the new session, which has taken over the watchdog
	 * @throws QueueStartException if the machine does not allow it
	 */
	Session renewed(String queue) {
		Session renewed = open(queue, this.stragglers, this.watchdog);
		closeSocket();
		this.directory.delete();
		return renewed;
	}

	private static Session open(String queue, Stragglers stragglers, Watchdog watchdog) {
		RuntimeDirectory directory = null;
		try {
			directory = RuntimeDirectory.create();
			ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
			server.bind(UnixDomainSocketAddress.of(directory.socket()), 128);
			server.configureBlocking(false);
			return new Session(directory, server, stragglers, watchdog);
		}
		catch (IOException ex) {
			discard(directory);
			throw new QueueStartException(Reason.TEMPORARY_DIRECTORY,
					"Queue '%s' cannot be started: no socket for its workers can be opened below the temporary directory %s (%s)."
						.formatted(queue, System.getProperty("java.io.tmpdir"), ex),
					"Set -Djava.io.tmpdir to a directory on a local file system that exists and that this user can write to.",
					ex);
		}
		catch (UnsupportedOperationException ex) {
			discard(directory);
			throw new QueueStartException(Reason.PLATFORM,
					"Queue '%s' cannot be started: %s has no Unix domain sockets, or no directories that only one user can enter (%s)."
						.formatted(queue, System.getProperty("os.name"), ex.getMessage()),
					"Run the application on Linux. Tests can do without processes: taskqueue.mode=inline.", ex);
		}
	}

	private static void discard(@Nullable RuntimeDirectory directory) {
		if (directory != null) {
			directory.delete();
		}
	}

	/** Whether workers can still find the socket. */
	boolean isIntact() {
		return Files.exists(this.directory.socket());
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

	Stragglers stragglers() {
		return this.stragglers;
	}

	@Override
	public void close() {
		this.stragglers.endAll();
		this.watchdog.close();
		closeSocket();
		this.directory.delete();
	}

	private void closeSocket() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			// Closed as far as it can be
		}
	}

}
