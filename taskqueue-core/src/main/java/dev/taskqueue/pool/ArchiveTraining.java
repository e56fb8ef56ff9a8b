package dev.taskqueue.pool;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.taskqueue.Task;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.Rings;
import dev.taskqueue.wire.TaskPage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A life of a worker in short, so that its JVM writes a {@link ClassArchive} at the end:
 * it starts, runs one task, and leaves. A process of its own that the pool does not count
 * and no task of the application's ever sees; it is watched like a worker. On a thread of
 * its own, which waits for it.
 */
final class ArchiveTraining implements Runnable {

	private static final long LONGEST_SECONDS = 60;

	private static final long CLEANUP_SECONDS = 2;

	/** Workers have numbers from 1. */
	private static final int NUMBER = 0;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final WorkerCommand command;

	private final Session session;

	private final PoolSettings settings;

	private final Set<String> classes;

	private final CountDownLatch over = new CountDownLatch(1);

	/** Guarded by this. */
	private boolean ended;

	/** Guarded by this. */
	private @Nullable Process process;

	/**
	 * Create one.
	 * @param command starts the process
	 * @param session what the process belongs to
	 * @param settings the pool's settings
	 * @param classes names of classes it is to have besides those of a worker
	 */
	ArchiveTraining(WorkerCommand command, Session session, PoolSettings settings, Set<String> classes) {
		this.command = command;
		this.session = session;
		this.settings = settings;
		this.classes = classes;
	}

	@Override
	public void run() {
		ClassArchive archive = this.command.archive();
		try {
			if (archive != null && archive.claim(this.classes)) {
				make(archive);
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("No archive of the workers' classes could be made", ex);
		}
		catch (InterruptedException ex) {
			end(); // nobody has this thread to interrupt it
		}
		finally {
			this.over.countDown();
		}
	}

	/** The pool ends: so does this, and it leaves nothing. */
	void close() {
		end();
		try {
			this.over.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized void end() {
		this.ended = true;
		stop();
	}

	private synchronized void stop() {
		if (this.process != null) {
			this.process.destroyForcibly();
			this.session.watchdog().end(this.process.pid());
		}
	}

	private void make(ClassArchive archive) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		Set<String> names = new LinkedHashSet<>(archive.classes());
		names.addAll(this.classes);
		Path unfinished = archive.unfinished();
		Path page = this.session.directory().page(NUMBER);
		Path socket = this.session.directory().trainingSocket();
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(socket));
			TaskPage shared = TaskPage.create(page);
			Path file = unfinished.resolve("archive");
			Process started = start(archive, file);
			if (started != null) {
				// Whatever it does, nobody waits for it any longer than this
				CompletableFuture<Void> end = started.onExit()
					.completeOnTimeout(started, LONGEST_SECONDS, TimeUnit.SECONDS)
					.thenRun(() -> giveUp(server));
				new Rehearsal(boot(page, socket), shared, Rings.ofParent(page), tasks(names),
						this.settings.hasOwnClasses())
					.hold(started.getOutputStream(), server);
				end.join();
				int code = started.waitFor();
				if (code == 0 && Files.isRegularFile(file)) {
					archive.publish(file);
					logger.debug("Workers to come start with {}, made in {} ms", archive,
							TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
				}
				else if (!isEnded()) {
					logger.debug("No archive of the workers' classes was made: exit code {}", code);
				}
			}
		}
		finally {
			stop();
			Files.deleteIfExists(page);
			Files.deleteIfExists(socket);
			CacheDirectory.delete(unfinished);
			if (isEnded()) {
				archive.release();
			}
			else if (!names.isEmpty()) {
				archive.remember(names);
			}
		}
	}

	private synchronized @Nullable Process start(ClassArchive archive, Path file) throws IOException {
		if (this.ended) {
			return null;
		}
		ProcessBuilder builder = this.command.training(this.session.directory(), archive.make(file))
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD);
		builder.environment().put(Stragglers.VARIABLE, this.session.stragglers().cookie(NUMBER));
		Process started = builder.start();
		this.session.watchdog().watch(started.pid());
		this.process = started;
		return started;
	}

	private static List<Task> tasks(Collection<String> names) {
		List<Task> tasks = new ArrayList<>(LoadedClasses.tasks(names));
		tasks.add(WarmUp.plain());
		return tasks;
	}

	private Frame.Boot boot(Path page, Path socket) {
		return new Frame.Boot(NUMBER, new byte[Frame.SECRET_LENGTH], socket.toString(), page.toString(),
				this.settings.name(), this.settings.limits().maxPayload(), this.settings.worker().systemProperties(),
				Map.of(), this.settings.beans().frame(), new WarmUp(this.settings).payload());
	}

	/** It has ended, or will not by itself: whoever waits for it to connect shall not. */
	private void giveUp(ServerSocketChannel server) {
		stop();
		try {
			server.close();
		}
		catch (IOException ex) {
			logger.debug("Cannot close the socket of a training", ex);
		}
	}

	private synchronized boolean isEnded() {
		return this.ended;
	}

}
