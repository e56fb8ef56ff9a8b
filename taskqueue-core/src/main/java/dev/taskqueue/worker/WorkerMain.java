package dev.taskqueue.worker;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.Rings;
import dev.taskqueue.wire.TaskPage;
import org.jspecify.annotations.Nullable;

/**
 * A worker process: is told on its standard input where its parent is, connects, and
 * serves until it is told to leave or the parent is gone. Three threads: main reads the
 * channel, one writes it, one takes tasks from the ring, runs them and puts their
 * outcomes back, and touches the channel never; that one also starts the context where
 * there is one, and then says READY.
 * <p>
 * Written without lambdas and string templates on the way to READY: they would cost a
 * fresh JVM tens of milliseconds.
 */
public final class WorkerMain {

	/** Exit code of a worker that cannot come up; its standard error says why. */
	static final int CANNOT_START = 70;

	/** Of -1000 (never) to 1000 (first); applications have 0 unless somebody chose. */
	private static final byte[] OOM_SCORE = { '5', '0', '0' };

	private WorkerMain() {
	}

	/**
	 * The worker's entry point.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		// Before anything can ask SLF4J for a logger
		System.setProperty(ForwardingServiceProvider.PROPERTY, ForwardingServiceProvider.NAME);
		System.setProperty("slf4j.internal.verbosity", "WARN");
		System.setProperty("log4j.provider", "dev.taskqueue.worker.Log4jForwarding");
		System.setProperty("java.util.logging.config.class", "dev.taskqueue.worker.JulForwarding");
		System.setProperty("dev.taskqueue.worker", "true");
		Signals.ignore("INT", "TERM", "HUP");
		preferForOomKiller();
		try {
			Frame.Boot boot = boot(System.in);
			System.setIn(InputStream.nullInputStream());
			for (Map.Entry<String, String> property : boot.properties().entrySet()) {
				System.setProperty(property.getKey(), property.getValue());
			}
			serve(boot, SocketChannel.open(UnixDomainSocketAddress.of(boot.socket())));
		}
		catch (IOException ex) {
			System.err.println("TaskQueue: this worker cannot start: " + ex);
			Runtime.getRuntime().halt(CANNOT_START);
		}
	}

	/**
	 * If the kernel must end a process for its memory, a worker rather than the
	 * application.
	 */
	private static void preferForOomKiller() {
		try (FileOutputStream file = new FileOutputStream("/proc/self/oom_score_adj")) {
			file.write(OOM_SCORE);
		}
		catch (IOException ex) {
			// Not Linux, or not allowed: then it goes by size alone
		}
	}

	private static void serve(Frame.Boot boot, SocketChannel channel) throws IOException {
		Path file = Path.of(boot.page());
		TaskPage page = TaskPage.open(file);
		Rings rings = Rings.ofWorker(file);
		Outbox outbox = new Outbox();
		LogForwarder.install(boot.levels(), outbox);
		outbox.send(new Frame.Hello(boot.worker(), boot.secret()));
		daemon("taskqueue-writer", new OutboxWriter(outbox, channel));
		StandardStreams.capture();
		Adds adds = (boot.context() != null) ? new Adds(outbox, boot.maxPayload()) : null;
		ContextHost context = (adds != null) ? host(boot, adds) : null;
		Bell bell = bell(boot);
		TaskOutlet outlet = new TaskOutlet(page, rings, bell);
		TaskInlet inlet = new TaskInlet(rings, bell, outlet);
		TaskRunner runner = new TaskRunner(page, inlet, outlet, outbox, boot.warmUp(), boot.maxPayload(),
				(context != null) ? context : TaskBeans.NONE);
		Listener listener = new Listener(channel, inlet, outbox, adds);
		Runtime.getRuntime().addShutdownHook(new ShutdownMark(page, outbox, listener));
		if (context != null) {
			daemon(ContextStart.THREAD_NAME, new ContextStart(context, outbox, runner));
		}
		else {
			daemon(TaskRunner.THREAD_NAME, runner);
		}
		listener.listen();
	}

	private static @Nullable ContextHost host(Frame.Boot boot, Adds adds) {
		Frame.Context context = boot.context();
		return (context != null)
				? new ContextHost(new ParentQueues(context, adds, boot.maxPayload()), WorkerMain.class.getClassLoader())
				: null;
	}

	private static Bell bell(Frame.Boot boot) throws IOException {
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(boot.socket()));
		FrameWriter writer = new FrameWriter();
		writer.add(new Frame.Bell(boot.worker(), boot.secret()));
		writer.flush(channel);
		return new Bell(channel);
	}

	private static Frame.Boot boot(InputStream stdin) throws IOException {
		FrameReader reader = new FrameReader(0);
		BootSink sink = new BootSink();
		while (sink.boot == null) {
			if (reader.read(Channels.newChannel(stdin), sink) < 0) {
				throw new IOException("standard input ended before it said what to do; "
						+ "workers are started by TaskQueue, not by hand");
			}
		}
		return sink.boot;
	}

	private static void daemon(String name, Runnable work) {
		Thread thread = new Thread(null, work, name, 0, false);
		thread.setDaemon(true);
		thread.start();
	}

	/** Waits for the one frame that comes on standard input. */
	private static final class BootSink implements FrameReader.FrameSink {

		private Frame.@Nullable Boot boot;

		@Override
		public void accept(Frame frame, int bytes) throws IOException {
			if (!(frame instanceof Frame.Boot known)) {
				throw new IOException("standard input opens with something else than a BOOT frame");
			}
			this.boot = known;
		}

	}

	/** Tells {@code System.exit} from a kill, and lets the last log lines out. */
	private static final class ShutdownMark extends Thread {

		private static final long FLUSH_MILLIS = 500;

		private final TaskPage page;

		private final Outbox outbox;

		private final Listener listener;

		ShutdownMark(TaskPage page, Outbox outbox, Listener listener) {
			super("taskqueue-shutdown");
			this.page = page;
			this.outbox = outbox;
			this.listener = listener;
		}

		@Override
		public void run() {
			this.page.markExit();
			StandardStreams.flushLines();
			this.outbox.awaitEmpty(FLUSH_MILLIS);
			this.listener.leave();
		}

	}

}
