package dev.taskqueue.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Two rings of bytes in memory that parent and worker have mapped, one in each direction:
 * tasks go to the worker, outcomes come back, without a system call. Like the
 * {@link TaskPage}, in whose file they are, they outlive the worker: what is published is
 * read after its end. One side's end of it; used by one thread.
 * <p>
 * Who has nothing to do says so in a word both see, looks once more, and sleeps until the
 * other side, which looks at that word after whatever it publishes or takes, rings. In
 * native byte order, from {@value #START} of the file on:
 *
 * <pre>
 *    0  bytes written to the worker:int64     by the parent     1 MB of tasks      at  4096
 *   64  bytes the worker has read:int64       by the worker     1 MB of outcomes   after it
 *  128  bytes written to the parent:int64     by the worker
 *  192  bytes the parent has read:int64       by the parent
 *  256  the worker sleeps:int64               0 no, 1 until there is something, 2 until there is room
 *  320  the parent sleeps:int64               0 no, 1 yes
 * </pre>
 *
 * What the other side has written is untrusted: each end keeps its own count and accepts
 * of the other's only what is possible.
 */
public final class Rings {

	/** Where they begin in the file: after the page. */
	static final int START = TaskPage.SIZE;

	static final int CAPACITY = 1 << 20;

	private static final int FIRST_RING = 4096;

	/** Of the file, page included. */
	static final int FILE_SIZE = START + FIRST_RING + 2 * CAPACITY;

	static final int TO_WORKER = 0;

	static final int TO_PARENT = 128;

	static final int READ = 64;

	private static final int WORKER_SLEEPS = 256;

	private static final int PARENT_SLEEPS = 320;

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long AWAKE = 0;

	/** Until there is something to read. */
	private static final long FOR_BYTES = 1;

	/** Until there is room to write. */
	private static final long FOR_ROOM = 2;

	private final MappedByteBuffer memory;

	private final RingReader reader;

	private final RingWriter writer;

	private final int own;

	private final int other;

	private Rings(MappedByteBuffer memory, boolean parent) {
		this.memory = memory;
		this.reader = parent ? new RingReader(memory, TO_PARENT, FIRST_RING + CAPACITY)
				: new RingReader(memory, TO_WORKER, FIRST_RING);
		this.writer = parent ? new RingWriter(memory, TO_WORKER, FIRST_RING)
				: new RingWriter(memory, TO_PARENT, FIRST_RING + CAPACITY);
		this.own = parent ? PARENT_SLEEPS : WORKER_SLEEPS;
		this.other = parent ? WORKER_SLEEPS : PARENT_SLEEPS;
	}

	/**
	 * The parent's end.
	 * @param file the file that {@link TaskPage#create} has made
	 * @return a new end, with nothing written or read yet
	 * @throws IOException if it cannot be mapped
	 */
	public static Rings ofParent(Path file) throws IOException {
		return new Rings(map(file), true);
	}

	/**
	 * The worker's end.
	 * @param file the file that {@link TaskPage#open} has accepted
	 * @return a new end, with nothing written or read yet
	 * @throws IOException if it cannot be mapped
	 */
	public static Rings ofWorker(Path file) throws IOException {
		return new Rings(map(file), false);
	}

	private static MappedByteBuffer map(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			return channel.map(MapMode.READ_WRITE, START, FILE_SIZE - START);
		}
	}

	/**
	 * What comes from the other side.
	 * @return the reading end of one ring
	 */
	public RingReader reader() {
		return this.reader;
	}

	/**
	 * What goes to the other side.
	 * @return the writing end of the other ring
	 */
	public RingWriter writer() {
		return this.writer;
	}

	/**
	 * This side is about to sleep until there is something to read. It has to look once
	 * more before it does.
	 */
	public void sleepForBytes() {
		LONGS.setVolatile(this.memory, this.own, FOR_BYTES);
	}

	/**
	 * This side is about to sleep until there is room to write. It has to look once more
	 * before it does.
	 */
	public void sleepForRoom() {
		LONGS.setVolatile(this.memory, this.own, FOR_ROOM);
	}

	/** This side is awake. */
	public void awake() {
		LONGS.setVolatile(this.memory, this.own, AWAKE);
	}

	/**
	 * To be asked after something was published.
	 * @return whether the other side sleeps until there is something, and is to be woken
	 */
	public boolean wakesForBytes() {
		return wakes(FOR_BYTES);
	}

	/**
	 * To be asked after something was read.
	 * @return whether the other side sleeps until there is room, and is to be woken
	 */
	public boolean wakesForRoom() {
		return wakes(FOR_ROOM);
	}

	private boolean wakes(long why) {
		return (long) LONGS.getVolatile(this.memory, this.other) == why
				&& LONGS.compareAndSet(this.memory, this.other, why, AWAKE);
	}

}
