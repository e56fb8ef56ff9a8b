package dev.taskqueue.benchmarks.subject;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.SpringVersion;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Spring's pool of threads: no isolation at all.
 */
final class ThreadPoolPeer implements Peer {

	private @Nullable ThreadPoolTaskExecutor executor;

	@Override
	public String version() {
		return String.valueOf(SpringVersion.getVersion());
	}

	@Override
	public void open(Arguments settings) {
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.setCorePoolSize(settings.number("workers"));
		pool.initialize();
		this.executor = pool;
	}

	@Override
	public Pending add(Work work) {
		if (this.executor == null) {
			throw new IllegalStateException("not open");
		}
		Future<?> future = this.executor.submit(work::run);
		return future::get;
	}

	@Override
	public void close() {
		if (this.executor != null) {
			this.executor.shutdown();
			this.executor = null;
		}
	}

}
