package dev.taskqueue;

/**
 * Why a worker process ended under its task.
 */
public enum CrashReason {

	/** It left by itself: {@code System.exit} or {@code Runtime.halt}, with any code. */
	EXITED,

	/** Its JVM ended it because memory was exhausted. */
	OUT_OF_MEMORY,

	/** Its JVM crashed in native code and wrote an error file. */
	NATIVE_CRASH,

	/** A signal from outside ended it, such as the kernel's out-of-memory killer. */
	KILLED,

	/** It wrote to its channel what no worker writes, and was killed. */
	CHANNEL_CORRUPT,

	/** No worker process could be started. */
	START_FAILED

}
