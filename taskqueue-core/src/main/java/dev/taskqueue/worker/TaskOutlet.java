package dev.taskqueue.worker;

import java.io.IOException;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.FrameWriter;
import dev.taskqueue.wire.Rings;
import dev.taskqueue.wire.TaskPage;

/**
 * Where outcomes go: into the ring, in which they outlive this process, before the next
 * task is begun. The parent is woken for them when there is no other task, or after a
 * moment; if it is awake it sees them anyway. Used by the task's thread.
 */
final class TaskOutlet {

	/** How long an outcome may lie before the parent is woken for it. */
	private static final long LONGEST_SILENCE = 300_000L;

	private final TaskPage page;

	private final Rings rings;

	private final Bell bell;

	private final FrameWriter writer = new FrameWriter();

	/** Whether there is something the parent was not woken for, and since when. */
	private boolean silent;

	private long silentSince;

	TaskOutlet(TaskPage page, Rings rings, Bell bell) {
		this.page = page;
		this.rings = rings;
		this.bell = bell;
	}

	/** Send a task's outcome; its slot is marked DONE when it is in the ring. */
	void outcome(Frame outcome, int slot, long task) throws IOException {
		this.writer.add(outcome);
		while (!this.writer.flush(this.rings.writer())) {
			awaitRoom();
		}
		this.page.done(slot, task);
		long now = System.nanoTime();
		if (!this.silent) {
			this.silent = true;
			this.silentSince = now;
		}
		else if (now - this.silentSince > LONGEST_SILENCE) {
			announce();
		}
	}

	/** Wake the parent, if it sleeps. */
	void announce() {
		this.silent = false;
		if (this.rings.wakesForBytes()) {
			this.bell.ring();
		}
	}

	private void awaitRoom() throws IOException {
		announce();
		this.rings.sleepForRoom();
		if (this.rings.writer().room() == 0) {
			this.bell.sleep();
		}
		this.rings.awake();
	}

}
