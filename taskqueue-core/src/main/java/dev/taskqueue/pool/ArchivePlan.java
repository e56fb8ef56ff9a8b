package dev.taskqueue.pool;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * When a {@link ClassArchive} is made: once all workers are ready, so that their own
 * starts are not held up by it; where workers soon leave, as soon as some have told which
 * classes tasks have. Once from start to termination. Owned by the supervisor.
 */
final class ArchivePlan {

	/** So many workers that have left tell which classes tasks have. */
	private static final int ENOUGH_TO_LEARN = 5;

	/** Workers that may become ready before so many have left in order. */
	private static final int MOST_WITHOUT_CLASSES = 20;

	private final PoolSettings settings;

	private final WorkerCommand command;

	/** Runs what may block. */
	private final Executor background;

	private int ready;

	private int left;

	/** Classes of the first workers. */
	private final Set<String> loaded = new HashSet<>();

	private @Nullable ArchiveTraining training;

	ArchivePlan(PoolSettings settings, WorkerCommand command, Executor background) {
		this.settings = settings;
		this.command = command;
		this.background = background;
	}

	/**
	 * One more worker is ready.
	 * @param session the pool's at present, {@code null} if it has none
	 */
	void ready(@Nullable Session session) {
		PoolSettings.Limits limits = this.settings.limits();
		int enough = limits.workerCount() + (limits.areWorkersShortLived() ? MOST_WITHOUT_CLASSES : 0);
		this.ready++;
		if (this.ready >= enough) {
			train(session);
		}
	}

	/**
	 * A worker has left in order.
	 * @param classes those it did not find in an archive
	 * @param session the pool's at present, {@code null} if it has none
	 */
	void left(List<String> classes, @Nullable Session session) {
		this.loaded.addAll(classes);
		this.left++;
		if (this.left == ENOUGH_TO_LEARN) {
			this.command.learned();
			train(session);
		}
	}

	/** Workers fail to start: perhaps because of it. */
	void distrust() {
		ClassArchive archive = this.command.archive();
		if (archive != null) {
			this.background.execute(archive::distrust);
		}
	}

	/**
	 * The queue is terminated: the next start is another one.
	 * @return what is left to be closed
	 */
	@Nullable ArchiveTraining end() {
		ArchiveTraining last = this.training;
		this.training = null;
		this.ready = 0;
		this.left = 0;
		this.loaded.clear();
		return last;
	}

	private void train(@Nullable Session session) {
		if (session != null && this.training == null) {
			this.training = new ArchiveTraining(this.command, session, this.settings, Set.copyOf(this.loaded));
			this.background.execute(this.training);
		}
	}

}
