package dev.taskqueue.pool;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Lets workers in. Whoever connects is a stranger until its first frame is the HELLO of a
 * worker that was launched; any other is turned away. Owned by the supervisor.
 */
final class Reception {

	/** More than any pool launches at once; the oldest is turned away for a newer one. */
	private static final int MOST_STRANGERS = 256;

	private final ServerSocketChannel server;

	private final Selector selector;

	private final int maxPayload;

	private final Host host;

	private final ArrayDeque<Stranger> strangers = new ArrayDeque<>();

	/** The second connection of a worker, as the selector knows it. */
	record BellLink(WorkerLink worker) {
	}

	/** Knows who was invited, and takes over from there. */
	interface Host {

		@Nullable WorkerLink identify(Frame.Hello hello);

		@Nullable WorkerLink identify(Frame.Bell bell);

		void frame(WorkerLink worker, Frame frame, int bytes) throws IOException;

		void failed(WorkerLink worker, IOException how);

		void turnedAway(String why);

	}

	Reception(ServerSocketChannel server, Selector selector, int maxPayload, Host host) throws IOException {
		this.server = server;
		this.selector = selector;
		this.maxPayload = maxPayload;
		this.host = host;
		server.register(selector, SelectionKey.OP_ACCEPT, this);
	}

	void accept() {
		try {
			for (SocketChannel channel = this.server.accept(); channel != null; channel = this.server.accept()) {
				channel.configureBlocking(false);
				Stranger stranger = new Stranger(channel);
				stranger.key = channel.register(this.selector, SelectionKey.OP_READ, stranger);
				this.strangers.addLast(stranger);
				if (this.strangers.size() > MOST_STRANGERS) {
					this.strangers.getFirst().turnAway("too many connections that do not say who they are");
				}
			}
		}
		catch (IOException ex) {
			this.host.turnedAway("it cannot be accepted: " + ex);
		}
	}

	void close() {
		while (!this.strangers.isEmpty()) {
			this.strangers.getFirst().close();
		}
	}

	/** A connection that has not said who it is. */
	final class Stranger {

		private final SocketChannel channel;

		/** Payloads are for workers only. */
		private final FrameReader reader = new FrameReader(0);

		private @Nullable SelectionKey key;

		private @Nullable WorkerLink worker;

		private Stranger(SocketChannel channel) {
			this.channel = channel;
		}

		void read() {
			try {
				int count = this.reader.read(this.channel, this::frame);
				if (count < 0 && this.worker == null) {
					// As a worker does that was killed while it started
					close();
				}
			}
			catch (IOException ex) {
				if (this.worker == null) {
					turnAway(ex.getMessage());
				}
				else {
					Reception.this.host.failed(this.worker, ex);
				}
			}
		}

		private void frame(Frame frame, int bytes) throws IOException {
			if (this.worker != null) {
				Reception.this.host.frame(this.worker, frame, bytes);
				return;
			}
			if (frame instanceof Frame.Bell bell) {
				bell(bell);
				return;
			}
			WorkerLink known = (frame instanceof Frame.Hello hello) ? Reception.this.host.identify(hello) : null;
			if (known == null || this.key == null) {
				throw new WireException("it does not open with the HELLO of a worker that was launched");
			}
			this.worker = known;
			Reception.this.strangers.remove(this);
			this.reader.maxPayload(Reception.this.maxPayload);
			known.attach(this.channel, this.key, this.reader, Reception.this.maxPayload);
			Reception.this.host.frame(known, frame, bytes);
		}

		private void bell(Frame.Bell bell) throws IOException {
			WorkerLink known = Reception.this.host.identify(bell);
			if (known == null || this.key == null) {
				throw new WireException("it opens with the BELL of no worker that was launched");
			}
			Reception.this.strangers.remove(this);
			this.key.attach(new BellLink(known));
			try {
				known.attachBell(this.channel);
			}
			catch (IOException ex) {
				// The worker is gone again, which whoever reads its bell will hear
			}
		}

		private void turnAway(@Nullable String why) {
			Reception.this.host.turnedAway(String.valueOf(why));
			close();
		}

		private void close() {
			Reception.this.strangers.remove(this);
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// Closed as far as it can be
			}
		}

	}

}
