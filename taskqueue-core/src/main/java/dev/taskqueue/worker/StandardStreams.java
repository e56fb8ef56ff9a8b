package dev.taskqueue.worker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.LineSplitter;
import org.slf4j.event.EventConstants;

/**
 * {@code System.out} and {@code System.err} as log events, a line each, so that a line
 * keeps its task. Native code and child processes still reach the real descriptors, which
 * the parent reads.
 */
final class StandardStreams {

	private static final Lines out = new Lines(Frame.Log.STANDARD_OUTPUT, EventConstants.INFO_INT);

	private static final Lines err = new Lines(Frame.Log.STANDARD_ERROR, EventConstants.WARN_INT);

	private StandardStreams() {
	}

	static void capture() {
		System.setOut(out.printer);
		System.setErr(err.printer);
	}

	/**
	 * Send what has no line break yet: nothing will follow it. Not by way of
	 * {@code System.out}, which a task may have replaced.
	 */
	static void flushLines() {
		out.end();
		err.end();
	}

	/** Cuts into lines; {@code flush()} does not: a flushed half line is still half. */
	private static final class Lines extends OutputStream {

		private final PrintStream printer = new PrintStream(this, false, StandardCharsets.UTF_8);

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

		void end() {
			this.printer.flush();
			synchronized (this) {
				this.splitter.flush();
			}
		}

	}

}
