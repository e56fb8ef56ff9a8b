package dev.taskqueue.wire;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Writes one compact stream after the other with the same buffers and tables, which make
 * up most of what it costs to serialize a small task: some three kilobytes of garbage.
 * One that has failed, or holds much, is not used again. Used by one thread at a time.
 */
final class CompactWriter {

	/** Larger ones are rare, and their tables would be kept for nothing. */
	private static final int LARGEST_KEPT = 256 << 10;

	/**
	 * One is kept for whoever comes next; not one for each thread, where it would outlive
	 * its use. A task that adds tasks while it is serialized finds none here.
	 */
	private static final AtomicReference<@Nullable CompactWriter> SPARE = new AtomicReference<>();

	private final LimitedBytes bytes = new LimitedBytes(0);

	private final CompactStreams.Output out;

	private CompactWriter() throws IOException {
		this.out = new CompactStreams.Output(this.bytes);
	}

	/**
	 * Serialize an object.
	 * @param value the object
	 * @param limit the most bytes it may have
	 * @return its bytes, or {@code null} if there are more
	 * @throws IOException if it cannot be written
	 */
	static byte @Nullable [] write(Object value, int limit) throws IOException {
		CompactWriter spare = SPARE.getAndSet(null);
		CompactWriter writer = (spare != null) ? spare : new CompactWriter();
		byte[] written = writer.writeNext(value, limit);
		if (written != null && written.length <= LARGEST_KEPT) {
			SPARE.set(writer);
		}
		return written;
	}

	private byte @Nullable [] writeNext(Object value, int limit) throws IOException {
		this.bytes.begin(limit);
		this.bytes.write(CompactStreams.MARK);
		this.out.writeObject(value);
		this.out.flush();
		if (this.bytes.isExceeded()) {
			return null;
		}
		byte[] written = this.bytes.toByteArray();
		this.bytes.begin(LARGEST_KEPT);
		this.out.reset(); // says so in the stream, for readers that go on: none does
		this.out.flush();
		return written;
	}

}
