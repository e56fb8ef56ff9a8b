package dev.taskqueue.worker;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.FrameWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Whatever a task throws, there is a text, and the parent accepts it.
 */
class FailuresTest {

	/** Fails whatever it is asked. */
	static final class Nasty extends RuntimeException {

		private final transient Throwable inner;

		Nasty(Throwable inner) {
			this.inner = inner;
		}

		@Override
		public @Nullable String getMessage() {
			throw FailuresTest.<RuntimeException>sneaky(this.inner);
		}

		@Override
		public void printStackTrace(PrintWriter writer) {
			writer.print("begun ");
			throw FailuresTest.<RuntimeException>sneaky(this.inner);
		}

	}

	@Test
	void theTraceIsTheJdksWithCausesAndSuppressed() {
		RuntimeException thrown = new IllegalStateException("outer", new IOException("inner"));
		thrown.addSuppressed(new IllegalArgumentException("beside"));
		Frame.Failure failure = Failures.of(7, true, thrown);
		assertThat(failure.task()).isEqualTo(7);
		assertThat(failure.fatal()).isTrue();
		assertThat(failure.className()).isEqualTo("java.lang.IllegalStateException");
		assertThat(failure.message()).isEqualTo("outer");
		assertThat(failure.trace()).startsWith("java.lang.IllegalStateException: outer")
			.contains("\tat " + FailuresTest.class.getName(), "Suppressed: java.lang.IllegalArgumentException: beside",
					"Caused by: java.io.IOException: inner");
	}

	@Test
	void noMessageIsNull() {
		assertThat(Failures.of(1, false, new IllegalStateException()).message()).isNull();
	}

	@Test
	void methodsThatThrowAreReplacedByWords() {
		for (Throwable inner : List.of(new IllegalStateException(), new StackOverflowError(), new AssertionError())) {
			Frame.Failure failure = Failures.of(1, false, new Nasty(inner));
			assertThat(failure.message()).isEqualTo("(its message cannot be had: " + inner.getClass().getName() + ")");
			assertThat(failure.trace()).isEqualTo("begun " + Nasty.class.getName() + " (its trace cannot be printed: "
					+ inner.getClass().getName() + ")");
		}
	}

	/** As languages without checked exceptions can. */
	@Test
	void methodsThatThrowWhatTheyDoNotDeclareAreReplacedByWordsToo() {
		assertThatCode(() -> Failures.of(1, false, new Nasty(new IOException("sneaky")))).doesNotThrowAnyException();
	}

	@Test
	void aCycleOfCausesEnds() {
		Exception first = new Exception("first");
		Exception second = new Exception("second", first);
		first.initCause(second);
		assertThat(Failures.render(first)).contains("CIRCULAR REFERENCE");
	}

	@Test
	void aChainOfCausesTooLongForTheStackIsStillAText() {
		Exception chain = new Exception("last");
		for (int i = 0; i < 20_000; i++) {
			chain = new Exception("link", chain);
		}
		assertThat(Failures.render(chain)).startsWith("java.lang.Exception: link").hasSizeLessThan(300_000);
	}

	@Test
	void hugeTextsAreCut() {
		Frame.Failure failure = Failures.of(1, false, new IllegalStateException("m".repeat(2 << 20)));
		assertThat(failure.message()).hasSize((256 << 10) + 6).endsWith("\n(cut)");
		assertThat(failure.trace()).hasSize((256 << 10) + 6).endsWith("\n(cut)");
	}

	@Test
	void theLargestFailureIsAcceptedByTheParentWhateverItsMaxPayload() throws IOException {
		assertAccepted(Failures.of(1, false, new IllegalStateException("€".repeat(2 << 20))));
	}

	@Test
	void theLargestLogEventIsAcceptedByTheParentWhateverItsMaxPayload() throws Exception {
		try (InstalledForwarder forwarder = new InstalledForwarder()) {
			LogForwarder.forward("logger", 20, "€".repeat(2 << 20), new IllegalStateException("€".repeat(2 << 20)));
			assertAccepted(forwarder.outbox().take().get(0));
		}
	}

	@Test
	void aLogEventWithAHugeContextIsAcceptedByTheParentToo() throws Exception {
		try (InstalledForwarder forwarder = new InstalledForwarder()) {
			org.slf4j.MDC.put("request", "x".repeat(2 << 20));
			LogForwarder.forward("logger", 20, "text", null);
			assertAccepted(forwarder.outbox().take().get(0));
		}
		finally {
			org.slf4j.MDC.clear();
		}
	}

	private static void assertAccepted(Frame frame) throws IOException {
		java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
		FrameWriter writer = new FrameWriter();
		writer.add(frame);
		assertThat(writer.flush(java.nio.channels.Channels.newChannel(bytes))).isTrue();
		java.nio.channels.ReadableByteChannel channel = java.nio.channels.Channels
			.newChannel(new java.io.ByteArrayInputStream(bytes.toByteArray()));
		List<Frame> received = new ArrayList<>();
		FrameReader reader = new FrameReader(1);
		while (reader.read(channel, (next, length) -> received.add(next)) >= 0) {
			// Until the end
		}
		assertThat(received).hasSize(1);
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // the trick itself
	private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
		throw (T) thrown;
	}

}
