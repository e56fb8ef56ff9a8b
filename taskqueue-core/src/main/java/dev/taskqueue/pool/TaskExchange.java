package dev.taskqueue.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.taskqueue.wire.Frame;
import dev.taskqueue.wire.WireException;

/**
 * Tasks out and outcomes in: the rings of all workers, which are looked at all the time
 * while there is something to do. Owned by the supervisor.
 */
final class TaskExchange {

	/** Reads of one ring before the next one has its turn. */
	private static final int FAIR_SHARE = 2;

	private final Host host;

	private WorkerLink[] links = {};

	/** Links with tasks that are not in the ring yet. */
	private List<WorkerLink> unsent = new ArrayList<>();

	/** The other of two lists: those a {@link #flush} is about to send to. */
	private List<WorkerLink> sending = new ArrayList<>();

	/** Deals with what comes out of the rings. */
	interface Host {

		void outcome(WorkerLink worker, Frame frame) throws WireException;

		void failed(WorkerLink worker, IOException how);

	}

	TaskExchange(Host host) {
		this.host = host;
	}

	/** These are the links from now on. */
	void links(Collection<WorkerLink> all) {
		this.links = all.toArray(WorkerLink[]::new);
		this.unsent.retainAll(all);
	}

	/** Have a task written, with the next {@link #flush}. */
	void send(WorkerLink link, Frame.Run run) {
		if (link.sendTask(run)) {
			this.unsent.add(link);
		}
	}

	/** Write to the rings what they take, and wake those who sleep. */
	void flush() {
		if (this.unsent.isEmpty()) {
			return;
		}
		List<WorkerLink> ready = this.unsent;
		this.unsent = this.sending;
		this.sending = ready;
		for (WorkerLink link : ready) {
			try {
				if (!link.flushTasks()) {
					this.unsent.add(link); // the worker makes room, and says so
				}
			}
			catch (IOException | InternalError ex) {
				broken(link, ex);
			}
		}
		ready.clear();
	}

	/**
	 * Read what is in the rings.
	 * @return whether there was something
	 */
	boolean read() {
		boolean something = false;
		for (WorkerLink link : this.links) {
			something |= read(link, FAIR_SHARE);
		}
		return something;
	}

	/**
	 * Read what is in the ring of a worker.
	 * @param link the worker's
	 * @param most how often, if it never ends
	 * @return whether there was something
	 */
	boolean read(WorkerLink link, int most) {
		int count = 0;
		try {
			while (count < most && link.readOutcomes((frame, bytes) -> this.host.outcome(link, frame)) > 0) {
				count++;
			}
		}
		catch (IOException | InternalError ex) {
			broken(link, ex);
		}
		return count > 0;
	}

	/**
	 * The supervisor is about to sleep.
	 * @return whether it must not
	 */
	boolean doze() {
		boolean something = false;
		for (WorkerLink link : this.links) {
			try {
				something |= link.dozes();
			}
			catch (IOException | InternalError ex) {
				broken(link, ex);
				something = true;
			}
		}
		return something;
	}

	/** The supervisor is awake. */
	void wake() {
		for (WorkerLink link : this.links) {
			try {
				link.wakes();
			}
			catch (InternalError ex) {
				broken(link, ex);
			}
		}
	}

	/** What is in the rings cannot be: or the file was cut, so that looking faults. */
	private void broken(WorkerLink link, Throwable how) {
		link.forgetRings();
		this.host.failed(link, new WireException(String.valueOf(how.getMessage())));
	}

}
