package dev.taskqueue;

/**
 * How a worker gets at the classes of an application that was started from a Spring Boot
 * executable jar or war, whose libraries are nested in it. Any other application's
 * workers are started with its class path, whatever the mode.
 */
public enum LaunchMode {

	/**
	 * {@link #CLASS_PATH} where that is possible, otherwise {@link #BOOT_LOADER}. The
	 * default.
	 */
	AUTO,

	/**
	 * From a plain class path. What is nested in the archive is copied into the
	 * {@linkplain WorkerOptions#withCacheDirectory cache directory}, once for each
	 * content of the archive. Where it cannot be, no worker starts.
	 */
	CLASS_PATH,

	/**
	 * By the archive's own loader, which copies nothing and takes about twice as long.
	 */
	BOOT_LOADER

}
