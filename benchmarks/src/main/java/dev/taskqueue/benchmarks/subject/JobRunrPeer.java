package dev.taskqueue.benchmarks.subject;

import java.time.Duration;

import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jspecify.annotations.Nullable;

/**
 * JobRunr with its storage in memory. It runs a method's call; the work is nothing.
 */
final class JobRunrPeer implements Peer {

	/** The shortest it takes. */
	private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

	private @Nullable JobScheduler scheduler;

	@Override
	public String version() {
		return String.valueOf(JobRunr.class.getPackage().getImplementationVersion());
	}

	@Override
	public void open(Arguments settings) {
		this.scheduler = JobRunr.configure()
			.useStorageProvider(new InMemoryStorageProvider())
			.useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
				.andWorkerCount(settings.number("workers"))
				.andPollInterval(POLL_INTERVAL))
			.initialize()
			.getJobScheduler();
	}

	@Override
	public Pending add(Work work) {
		if (this.scheduler == null || !(work instanceof Work.Nothing)) {
			throw new IllegalStateException("not open, or asked for something else than nothing: " + work);
		}
		int number = Arrivals.expect();
		Pending pending = Arrivals.pending(number);
		this.scheduler.enqueue(() -> Arrivals.arrived(number));
		return pending;
	}

	@Override
	public void close() {
		if (this.scheduler != null) {
			this.scheduler = null;
			JobRunr.destroy();
		}
	}

}
