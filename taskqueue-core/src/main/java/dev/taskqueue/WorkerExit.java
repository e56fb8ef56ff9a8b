package dev.taskqueue;

/**
 * Why a worker process has ended. Every end counts once: as what the queue ended it for,
 * or, if it ended by itself, as a {@link CrashReason}.
 */
public enum WorkerExit {

	/** Recycled: it had served its {@link TaskQueue.Builder#requestsPerWorker(int)}. */
	REQUESTS,

	/** Recycled: it had reached its {@link WorkerOptions#maxAge()}. */
	AGE,

	/** Recycled: it was over its {@link WorkerOptions#maxMemory()} after a task. */
	MEMORY,

	/** Recycled: a task ended with an error that can leave a JVM half broken. */
	FATAL_ERROR,

	/** The queue was terminated. */
	TERMINATED,

	/** Killed: its task was over a limit. */
	TIMEOUT,

	/** Killed: its task was cancelled. */
	CANCELLED,

	/** As {@link CrashReason#EXITED}. */
	EXITED,

	/**
	 * As {@link CrashReason#OUT_OF_MEMORY}; also when it was killed because it was over
	 * its {@link WorkerOptions#maxMemory()} by half.
	 */
	OUT_OF_MEMORY,

	/** As {@link CrashReason#NATIVE_CRASH}. */
	NATIVE_CRASH,

	/** As {@link CrashReason#KILLED}: by somebody else than the queue. */
	KILLED,

	/** As {@link CrashReason#CHANNEL_CORRUPT}. */
	CHANNEL_CORRUPT,

	/** As {@link CrashReason#START_FAILED}. */
	START_FAILED;

	/**
	 * The end of a worker that ended by itself.
	 * @param reason why it ended
	 * @return the constant of the same name
	 */
	public static WorkerExit of(CrashReason reason) {
		return switch (reason) {
			case EXITED -> EXITED;
			case OUT_OF_MEMORY -> OUT_OF_MEMORY;
			case NATIVE_CRASH -> NATIVE_CRASH;
			case KILLED -> KILLED;
			case CHANNEL_CORRUPT -> CHANNEL_CORRUPT;
			case START_FAILED -> START_FAILED;
		};
	}

}
