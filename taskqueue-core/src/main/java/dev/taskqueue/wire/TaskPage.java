package dev.taskqueue.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A memory-mapped page that parent and worker share and that survives the worker: it
 * tells, after a crash, which task was running. One slot per task sent, changed by
 * compare-and-set only:
 *
 * <pre>
 * parent  EMPTY ─▶ SENT ─▶ RECALLED      the task may run elsewhere
 * worker           SENT ─▶ STARTED ─▶ DONE
 * </pre>
 *
 * The worker marks STARTED before it touches the payload, and DONE when the outcome is
 * published in the ring. Whoever changes SENT first wins. The file holds, in native byte
 * order: magic:int32 at 0, exit mark:int64 at 8, and from 64 on {@value #SLOTS} slots of
 * int64, each {@code task << 3 | claim}; behind it are the {@link Rings}. What the parent
 * reads from it is untrusted: any value is possible.
 */
public final class TaskPage {

	/** Tasks that can be with a worker at the same time, or under way to it. */
	public static final int SLOTS = 496;

	/** Who has got hold of a task that was sent. */
	public enum Claim {

		/** Nothing is known of the task. */
		NONE(0),

		/** Sent, not begun. */
		SENT(1),

		/** Taken back by the parent. */
		RECALLED(2),

		/** Begun by the worker. */
		STARTED(3),

		/** Finished by the worker, the outcome written. */
		DONE(4);

		private final int code;

		Claim(int code) {
			this.code = code;
		}

	}

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final Claim[] CLAIMS = Claim.values();

	static final int SIZE = 4096;

	private static final int MAGIC = 0x5451_5047;

	private static final int EXIT_MARK = 8;

	private static final int FIRST_SLOT = 64;

	private final MappedByteBuffer page;

	private TaskPage(MappedByteBuffer page) {
		this.page = page;
		this.page.order(ByteOrder.nativeOrder());
	}

	/**
	 * Create a page, in a file that has room for the {@link Rings} too. For the parent.
	 * @param file a file that does not exist yet
	 * @return the page
	 * @throws IOException if it cannot be created
	 */
	public static TaskPage create(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			reserve(channel);
			TaskPage created = new TaskPage(channel.map(MapMode.READ_WRITE, 0, SIZE));
			created.page.putInt(0, MAGIC);
			return created;
		}
	}

	/**
	 * Open the parent's page. For the worker.
	 * @param file the file
	 * @return the page
	 * @throws IOException if it cannot be opened or is no page
	 */
	public static TaskPage open(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			if (channel.size() != Rings.FILE_SIZE) {
				throw new WireException(
						"a page of " + channel.size() + " bytes where " + Rings.FILE_SIZE + " were expected");
			}
			TaskPage opened = new TaskPage(channel.map(MapMode.READ_WRITE, 0, SIZE));
			if (opened.page.getInt(0) != MAGIC) {
				throw new WireException("not a TaskQueue page");
			}
			return opened;
		}
	}

	/**
	 * Note that a task is about to be sent. For the parent, before it sends it.
	 * @param slot a slot whose task has ended
	 * @param task the task's id
	 */
	public void sent(int slot, long task) {
		LONGS.setVolatile(this.page, offset(slot), word(task, Claim.SENT));
	}

	/**
	 * Take a task back. For the parent.
	 * @param slot the slot it was sent in
	 * @param task the task's id
	 * @return whether that came before the worker's start
	 */
	public boolean recall(int slot, long task) {
		return change(slot, task, Claim.SENT, Claim.RECALLED);
	}

	/**
	 * Begin a task. For the worker.
	 * @param slot the slot it was sent in
	 * @param task the task's id
	 * @return whether it may run; {@code false} if the parent has taken it back
	 */
	public boolean start(int slot, long task) {
		return change(slot, task, Claim.SENT, Claim.STARTED);
	}

	/**
	 * Note that a task's outcome is written. For the worker.
	 * @param slot the slot it was sent in
	 * @param task the task's id
	 */
	public void done(int slot, long task) {
		change(slot, task, Claim.STARTED, Claim.DONE);
	}

	/**
	 * Who has got hold of a task.
	 * @param slot the slot it was sent in
	 * @param task the task's id
	 * @return the claim; {@link Claim#NONE} if the slot holds something else
	 */
	public Claim claim(int slot, long task) {
		long word = (long) LONGS.getVolatile(this.page, offset(slot));
		for (Claim claim : CLAIMS) {
			if (word == word(task, claim)) {
				return claim;
			}
		}
		return Claim.NONE;
	}

	/**
	 * Note that the JVM is shutting down in good order, by {@code System.exit} or a
	 * signal it handles. For the worker.
	 */
	public void markExit() {
		LONGS.setVolatile(this.page, EXIT_MARK, 1L);
	}

	/**
	 * Whether {@link #markExit()} was called.
	 * @return whether the JVM had begun to shut down
	 */
	public boolean exitMarked() {
		return (long) LONGS.getVolatile(this.page, EXIT_MARK) == 1L;
	}

	/** Really write it all: a hole that cannot be filled later would be a crash. */
	private static void reserve(FileChannel channel) throws IOException {
		ByteBuffer zeros = ByteBuffer.allocateDirect(64 << 10);
		for (long left = Rings.FILE_SIZE; left > 0;) {
			left -= channel.write(zeros.clear().limit((int) Math.min(zeros.capacity(), left)));
		}
	}

	private boolean change(int slot, long task, Claim from, Claim to) {
		return LONGS.compareAndSet(this.page, offset(slot), word(task, from), word(task, to));
	}

	private static int offset(int slot) {
		if (slot < 0 || slot >= SLOTS) {
			throw new IllegalArgumentException("slot " + slot + " of " + SLOTS);
		}
		return FIRST_SLOT + slot * Long.BYTES;
	}

	private static long word(long task, Claim claim) {
		return task << 3 | claim.code;
	}

}
