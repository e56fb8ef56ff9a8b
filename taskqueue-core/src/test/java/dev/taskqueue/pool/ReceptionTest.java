package dev.taskqueue.pool;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class ReceptionTest implements Reception.Host {

	private static final Frame.Bell BELL = new Frame.Bell(1, new byte[Frame.SECRET_LENGTH]);

	@TempDir
	private Path directory;

	private final WorkerLink link = new WorkerLink(1, BELL.secret(), false);

	private final List<String> turnedAway = new ArrayList<>();

	private UnixDomainSocketAddress address;

	private ServerSocketChannel server;

	private Selector selector;

	private Reception reception;

	@BeforeEach
	void open() throws IOException {
		this.address = UnixDomainSocketAddress.of(this.directory.resolve("s"));
		this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(this.address);
		this.server.configureBlocking(false);
		this.selector = Selector.open();
		this.reception = new Reception(this.server, this.selector, 1024, this);
	}

	@AfterEach
	void close() throws IOException {
		this.reception.close();
		this.link.close();
		this.selector.close();
		this.server.close();
	}

	/** Its process has ended in between: what it had to say is in its other channel. */
	@Test
	void aBellThatIsGoneAgainIsHeardToEnd() throws IOException {
		try (SocketChannel worker = SocketChannel.open(this.address)) {
			say(worker, BELL);
		}
		this.reception.accept();
		stranger().read();
		assertThat(this.turnedAway).isEmpty();
		assertThat(selected().attachment()).isEqualTo(new Reception.BellLink(this.link));
		assertThat(this.link.hearBell()).isFalse();
	}

	@Test
	void whoeverOpensWithSomethingElseIsTurnedAway() throws IOException {
		try (SocketChannel other = SocketChannel.open(this.address)) {
			say(other, new Frame.Ready());
			this.reception.accept();
			stranger().read();
			assertThat(this.turnedAway)
				.containsExactly("it does not open with the HELLO of a worker that was launched");
		}
	}

	private static void say(SocketChannel channel, Frame frame) throws IOException {
		FrameWriter writer = new FrameWriter();
		writer.add(frame);
		assertThat(writer.flush(channel)).isTrue();
	}

	private Reception.Stranger stranger() throws IOException {
		return (Reception.Stranger) selected().attachment();
	}

	private SelectionKey selected() throws IOException {
		List<SelectionKey> selected = new ArrayList<>();
		this.selector.select(selected::add);
		assertThat(selected).hasSize(1);
		return selected.get(0);
	}

	@Override
	public @Nullable WorkerLink identify(Frame.Hello hello) {
		return null;
	}

	@Override
	public @Nullable WorkerLink identify(Frame.Bell bell) {
		return this.link;
	}

	@Override
	public void frame(WorkerLink worker, Frame frame, int bytes) {
		throw new AssertionError(frame);
	}

	@Override
	public void failed(WorkerLink worker, IOException how) {
		throw new AssertionError(how);
	}

	@Override
	public void turnedAway(String why) {
		this.turnedAway.add(why);
	}

}
