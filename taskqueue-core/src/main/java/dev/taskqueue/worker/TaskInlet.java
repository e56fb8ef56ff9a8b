package dev.taskqueue.worker;

import java.io.IOException;
import java.util.ArrayDeque;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameReader;
import dev.taskqueue.wire.Rings;
import org.jspecify.annotations.Nullable;

/**
 * Where the task's thread finds its next task: in the ring, without another thread's
 * help. Where tasks come one closely after the other it looks out for the next one for a
 * moment before it sleeps, because to be woken takes longer than that. Used by the task's
 * thread, but for {@link #stop()}.
 */
final class TaskInlet implements FrameReader.FrameSink {

	/** How long to look out: a little more than it takes to be woken. */
	private static final long LOOKOUT = 50_000L;

	private final Rings rings;

	private final Bell bell;

	private final TaskOutlet outlet;

	/** A task comes from a trusted parent, and its size was checked at the door. */
	private final FrameReader reader = new FrameReader(Integer.MAX_VALUE - (1 << 20));

	private final ArrayDeque<Frame.Run> tasks = new ArrayDeque<>();

	/** With one processor, whoever looks out keeps the parent from going on. */
	private final boolean mayLookOut = Runtime.getRuntime().availableProcessors() > 1;

	/** How long it was without a task the last time. */
	private long lastGap = Long.MAX_VALUE;

	private boolean closed;

	private volatile boolean stopped;

	TaskInlet(Rings rings, Bell bell, TaskOutlet outlet) {
		this.rings = rings;
		this.bell = bell;
		this.outlet = outlet;
	}

	/**
	 * Wait for the next task.
	 * @return a task; {@code null} when it is time to leave
	 */
	Frame.@Nullable Run take() throws IOException {
		Frame.Run next = poll();
		if (next != null) {
			return next;
		}
		this.outlet.announce();
		long begin = System.nanoTime();
		next = lookOut(begin);
		while (next == null && !this.stopped) {
			sleep();
			next = poll();
			this.outlet.announce();
		}
		this.lastGap = System.nanoTime() - begin;
		return next;
	}

	/** Take no other task: this process is not to be trusted with one. */
	void close() {
		this.closed = true;
	}

	/** There will be no other task. For any thread. */
	void stop() {
		this.stopped = true;
		this.bell.wake();
	}

	@Override
	public void accept(Frame frame, int bytes) throws IOException {
		if (!(frame instanceof Frame.Run run)) {
			throw new IOException("a parent does not send this frame through the ring");
		}
		this.tasks.add(run);
	}

	private Frame.@Nullable Run poll() throws IOException {
		if (this.closed) {
			return null;
		}
		while (this.tasks.isEmpty()) {
			if (this.reader.read(this.rings.reader(), this) == 0) {
				return null;
			}
		}
		return this.tasks.poll();
	}

	private Frame.@Nullable Run lookOut(long begin) throws IOException {
		if (!this.mayLookOut || this.lastGap > 2 * LOOKOUT) {
			return null;
		}
		while (System.nanoTime() - begin < LOOKOUT && !this.stopped) {
			if (!this.rings.reader().isEmpty()) {
				return poll();
			}
			Thread.onSpinWait();
		}
		return null;
	}

	private void sleep() throws IOException {
		this.rings.sleepForBytes();
		if ((this.closed || this.rings.reader().isEmpty()) && !this.stopped) {
			this.bell.sleep();
		}
		this.rings.awake();
	}

}
