package dev.taskqueue.worker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import dev.taskqueue.wire.LineSplitter;
import org.slf4j.event.EventConstants;

/**
 * {@code System.out} and {@code System.err} as log events, a line each, so that a line
 * keeps its task. Native code and child processes still reach the real descriptors, which
 * the parent reads.
 */
final class StandardStreams {

	private static final Lines out = new Lines("dev.taskqueue.stdout", EventConstants.INFO_INT);

	private static final Lines err = new Lines("dev.taskqueue.stderr", EventConstants.WARN_INT);

	private StandardStreams() {
	}

	static void capture() {
		System.setOut(new PrintStream(out, false, StandardCharsets.UTF_8));
		System.setErr(new PrintStream(err, false, StandardCharsets.UTF_8));
	}

	/** Send what has no line break yet: nothing will follow it. */
	static void flushLines() {
		System.out.flush();
		System.err.flush();
		out.end();
		err.end();
	}

	/** Cuts into lines; {@code flush()} does not: a flushed half line is still half. */
	private static final class Lines extends OutputStream {

		private final LineSplitter splitter;

		Lines(String logger, int level) {
			this.splitter = new LineSplitter(new Consumer<>() {

				@Override
				public void accept(String line) {
					LogForwarder.forward(logger, level, line, null);
				}

			});
		}

		@Override
		public void write(int value) {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public synchronized void write(byte[] bytes, int offset, int count) {
			this.splitter.write(bytes, offset, count);
		}

		synchronized void end() {
			this.splitter.flush();
		}

	}

}
