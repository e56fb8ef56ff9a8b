package dev.taskqueue.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What is loaded ahead, and that nothing is begun by it.
 */
class TaskQueueBackgroundPreinitializerTests {

	@Test
	void springBootFindsIt() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
			.hasAtLeastOneElementOfType(TaskQueueBackgroundPreinitializer.class);
	}

	@Test
	void buildsWhatTheContextWillBuildAndStartsNothing() {
		assertThatNoException().isThrownBy(() -> new TaskQueueBackgroundPreinitializer().preinitialize());
		assertThat(Thread.getAllStackTraces().keySet())
			.noneMatch((thread) -> thread.getName().startsWith("taskqueue-preinitialized"));
	}

	/** A worker refuses to have a queue with workers. */
	@Test
	void doesNothingInAWorker() {
		System.setProperty("dev.taskqueue.worker", "true");
		try {
			assertThatNoException().isThrownBy(() -> new TaskQueueBackgroundPreinitializer().preinitialize());
		}
		finally {
			System.clearProperty("dev.taskqueue.worker");
		}
	}

}
