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
				emit(true);
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
			emit(true);
		}
	}

	private void append(byte[] bytes, int from, int to) {
		int start = from;
		while (start < to) {
			if (this.length == MAX) {
				emit(false);
			}
			int count = Math.min(to - start, MAX - this.length);
			if (this.length + count > this.pending.length) {
				this.pending = Arrays.copyOf(this.pending,
						Math.min(MAX, Math.max(this.length + count, this.pending.length * 2)));
			}
			System.arraycopy(bytes, start, this.pending, this.length, count);
			this.length += count;
			start += count;
		}
	}

	private void emit(boolean complete) {
		int end = complete ? this.length : characterBoundary();
		int text = (complete && end > 0 && this.pending[end - 1] == '\r') ? end - 1 : end;
		this.lines.accept(new String(this.pending, 0, text, StandardCharsets.UTF_8));
		System.arraycopy(this.pending, end, this.pending, 0, this.length - end);
		this.length -= end;
	}

	/** Where the last character that may be incomplete begins, or the end. */
	private int characterBoundary() {
		int start = this.length - 1;
		while (start > this.length - 4 && (this.pending[start] & 0xC0) == 0x80) {
			start--;
		}
		return ((this.pending[start] & 0xC0) == 0xC0) ? start : this.length;
	}

}
