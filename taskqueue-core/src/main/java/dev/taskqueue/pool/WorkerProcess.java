package dev.taskqueue.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.Rings;
import dev.taskqueue.wire.TaskPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process from its launch to its end, on a thread of its own because both can block.
 * The supervisor hears of it twice at most: by the worker's HELLO over the socket, and by
 * {@link PoolDecisions#exited} at the end, also if it never started.
 */
final class WorkerProcess implements Runnable {

	/** How long output may take to arrive after the process ended. */
	private static final long OUTPUT_GRACE_MILLIS = 500;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final WorkerLink link;

	private final WorkerCommand command;

	private final Session session;

	private final LogRelay relay;

	private final Supervisor supervisor;

	WorkerProcess(WorkerLink link, WorkerCommand command, Session session, LogRelay relay, Supervisor supervisor) {
		this.link = link;
		this.command = command;
		this.session = session;
		this.relay = relay;
		this.supervisor = supervisor;
	}

	@Override
	public void run() {
		ProcessEnd end;
		try {
			end = live();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("A worker cannot be launched", ex);
			end = ProcessEnd.notStarted(ex.toString());
		}
		catch (InterruptedException ex) {
			// Nobody has this thread to interrupt it; were it so, the process must not
			// stay
			this.link.kill();
			end = ProcessEnd.notStarted(ex.toString());
		}
		ProcessEnd known = end;
		this.supervisor.post((decisions, now) -> this.supervisor.ended(this.link, known, now));
		this.session.stragglers().end(this.link.id);
	}

	private ProcessEnd live() throws IOException, InterruptedException {
		Path page = directory().page(this.link.id);
		try {
			TaskPage shared = TaskPage.create(page);
			this.link.page(shared, Rings.ofParent(page));
			this.command.prepare(directory());
			ProcessBuilder builder = this.command.builder(directory(), this.link.id);
			builder.environment().put(Stragglers.VARIABLE, this.session.stragglers().cookie(this.link.id));
			Process process = builder.start();
			this.session.watchdog().watch(process.pid());
			this.link.started(new ProcessTree(process, this.session.watchdog()));
			if (this.link.share != null) {
				this.link.share.lower(process);
			}
			return accompany(process, shared);
		}
		finally {
			Files.deleteIfExists(page);
			Files.deleteIfExists(directory().loadedClasses(this.link.id));
		}
	}

	private ProcessEnd accompany(Process process, TaskPage page) throws IOException, InterruptedException {
		StreamPump error = new StreamPump(this.link, process.getErrorStream(), true, this.relay);
		Thread out = pump("out", process.pid(), new StreamPump(this.link, process.getInputStream(), false, this.relay));
		Thread err = pump("err", process.pid(), error);
		boot(process.getOutputStream());
		int code = process.waitFor();
		this.session.watchdog().end(process.pid()); // its children, if it has left any
		err.join(OUTPUT_GRACE_MILLIS);
		out.join(OUTPUT_GRACE_MILLIS);
		if (code == 0) {
			learn(directory().loadedClasses(this.link.id));
		}
		Path errorFile = directory().errorFile(process.pid());
		ProcessEnd end = ExitReason.of(process.pid(), code, page.exitMarked(), error.tail(), errorFile);
		Files.deleteIfExists(errorFile);
		return end;
	}

	/** Whatever the file is, it says nothing about how the process has ended. */
	private void learn(Path loaded) {
		try {
			if (Files.isRegularFile(loaded)) {
				this.supervisor.loaded(LoadedClasses.read(loaded));
			}
		}
		catch (IOException ex) {
			logger.debug("Cannot read which classes a worker has loaded", ex);
		}
	}

	private RuntimeDirectory directory() {
		return this.session.directory();
	}

	private Thread pump(String name, long pid, StreamPump pump) {
		Thread thread = DaemonThreads.create("taskqueue-" + name + "-" + pid, pump);
		thread.start();
		return thread;
	}

	private void boot(OutputStream stdin) {
		try (stdin; WritableByteChannel channel = Channels.newChannel(stdin)) {
			FrameWriter writer = new FrameWriter();
			writer.add(this.supervisor.boot(this.link, directory()));
			writer.flush(channel);
		}
		catch (IOException ex) {
			// It ended before it had read this: its exit code and stderr tell more
			logger.debug("A worker ended before it could be told what to do", ex);
		}
	}

}
