package dev.taskqueue.pool;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.taskqueue.TaskOptions;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes through the channels of workers.
 */
class CrewTest {

	private static final int MAX_PAYLOAD = 1 << 20;

	@TempDir
	private Path directory;

	/** Both end at once where a process exits, and either may be seen first. */
	@Test
	void whatAWorkerSaysBeforeItsBellEndsIsHeard() throws IOException {
		PoolSettings settings = new PoolSettings("crew", new PoolSettings.Limits(1, 0, 0, MAX_PAYLOAD), Duration.ZERO,
				TaskOptions.defaults(), WorkerOptions.defaults(), null, List.of(), BeanSettings.NONE);
		Supervisor supervisor = new Supervisor(settings, new Gate("crew", 0), (cancelled) -> {
		});
		Crew crew = new Crew(settings, supervisor, (cancelled) -> {
		});
		WorkerLink link = new WorkerLink(1, new byte[Frame.SECRET_LENGTH], false);
		UnixDomainSocketAddress address = UnixDomainSocketAddress.of(this.directory.resolve("s"));
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
				Selector selector = Selector.open();
				SocketChannel worker = SocketChannel.open(address)) {
			SocketChannel channel = server.accept();
			channel.configureBlocking(false);
			link.attach(channel, channel.register(selector, SelectionKey.OP_READ), new FrameReader(MAX_PAYLOAD),
					MAX_PAYLOAD);
			SocketChannel bell = SocketChannel.open(address);
			link.attachBell(server.accept());
			FrameWriter writer = new FrameWriter();
			writer.add(new Frame.Log(0, 0, 0, Frame.Log.STANDARD_ERROR, "task", "last words", null, Map.of()));
			assertThat(writer.flush(worker)).isTrue();
			bell.close();

			crew.rung(link, supervisor.decisions(), System.nanoTime());

			assertThat(link.errors.copy()).containsExactly("last words");
		}
	}

}
