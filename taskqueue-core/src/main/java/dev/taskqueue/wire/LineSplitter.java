package dev.taskqueue.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of UTF-8 bytes into lines of at most {@value #MAX} bytes, however the
 * bytes arrive. A longer line becomes several, never cut inside a character. Used by one
 * thread at a time.
 */
public final class LineSplitter {

	/** The longest line in bytes. */
	public static final int MAX = 64 << 10;

	/** One more, for the carriage return of a line that is just as long as it may be. */
	private static final int CAPACITY = MAX + 1;

	private final Consumer<String> lines;

	private byte[] pending = new byte[256];

	private int length;

	/**
	 * Create a splitter.
	 * @param lines receives each line, without its line break
	 */
	public LineSplitter(Consumer<String> lines) {
		this.lines = lines;
	}

	/**
	 * Take the next bytes.
	 * @param bytes the array
	 * @param offset where they begin
	 * @param count how many
	 */
	public void write(byte[] bytes, int offset, int count) {
		int end = offset + count;
		int from = offset;
		for (int i = offset; i < end; i++) {
			if (bytes[i] == '\n') {
				append(bytes, from, i);
				emitLine();
				from = i + 1;
			}
		}
		append(bytes, from, end);
	}

	/**
	 * Emit what has no line break yet, if there is any.
	 */
	public void flush() {
		if (this.length > 0) {
			emitLine();
		}
	}

	private void append(byte[] bytes, int from, int to) {
		int start = from;
		while (start < to) {
			if (this.length == CAPACITY) {
				emitPart();
			}
			int count = Math.min(to - start, CAPACITY - this.length);
			if (this.length + count > this.pending.length) {
				this.pending = Arrays.copyOf(this.pending,
						Math.min(CAPACITY, Math.max(this.length + count, this.pending.length * 2)));
			}
			System.arraycopy(bytes, start, this.pending, this.length, count);
			this.length += count;
			start += count;
		}
	}

	/** Emit what was collected as the end of a line. */
	private void emitLine() {
		boolean carriageReturn = this.length > 0 && this.pending[this.length - 1] == '\r';
		if (this.length == CAPACITY && !carriageReturn) {
			emitPart();
		}
		emit(this.length - (carriageReturn ? 1 : 0), this.length);
	}

	/** Emit as much of a line that is too long as ends with a whole character. */
	private void emitPart() {
		int end = MAX;
		while (end > MAX - 4 && continues(end)) {
			end--;
		}
		int cut = continues(end) ? MAX : end; // no text at all: anywhere will do
		emit(cut, cut);
	}

	/** Whether a byte is inside a character that has begun before it. */
	private boolean continues(int index) {
		return (this.pending[index] & 0xC0) == 0x80;
	}

	private void emit(int text, int consumed) {
		this.lines.accept(new String(this.pending, 0, text, StandardCharsets.UTF_8));
		System.arraycopy(this.pending, consumed, this.pending, 0, this.length - consumed);
		this.length -= consumed;
	}

}
