package dev.taskqueue.pool;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

import dev.taskqueue.CrashReason;
import dev.taskqueue.WorkerExit;
import dev.taskqueue.WorkerOptions;

import org.jspecify.annotations.Nullable;

/**
 * Decides when a worker is worn out by its age or its memory. A worn-out worker goes on
 * serving until its successor is ready; one that is far over its memory leaves at once,
 * between two tasks; and one that exceeds it by half while a task runs is killed. Owned
 * by the supervisor.
 * <p>
 * Memory is the resident set. It is looked at after a task, at most every
 * {@link #LOOK_AGAIN} unless it was over its limit, and every {@link #SAMPLE} while tasks
 * run.
 */
final class Wear {

	/** So that a million tiny tasks do not mean a million looks at their worker. */
	static final long LOOK_AGAIN = 10_000_000L;

	static final long SAMPLE = 100_000_000L;

	private static final int JITTER_STEPS = 1 << 20;

	private final long maxMemory;

	private final long maxAge;

	private final Fleet fleet;

	private final Timers timers;

	private final Effects effects;

	private final IntUnaryOperator jitter;

	/** Set while a sample is due. */
	private Timers.@Nullable Timer sampler;

	Wear(WorkerOptions options, Fleet fleet, Timers timers, Effects effects, IntUnaryOperator jitter) {
		this.maxMemory = options.maxMemory();
		this.maxAge = TaskSpec.nanos(options.maxAge());
		this.fleet = fleet;
		this.timers = timers;
		this.effects = effects;
		this.jitter = jitter;
	}

	/** Whether workers are measured between two tasks, so that these must not overlap. */
	boolean measuresMemory() {
		return this.maxMemory > 0;
	}

	/** A worker is ready: its age counts from here. {@code then} sees it worn out. */
	void ready(Worker worker, long now, LongConsumer then) {
		if (this.maxAge > 0) {
			double random = this.jitter.applyAsInt(JITTER_STEPS) / (double) JITTER_STEPS;
			long limit = this.maxAge - (long) (0.1 * this.maxAge * random);
			worker.timer = this.timers.at(now + limit, (at) -> {
				worker.timer = null;
				worker.wornOut = new EndReason(WorkerExit.AGE, "max-age of " + Duration.ofNanos(this.maxAge));
				then.accept(at);
			});
		}
	}

	/** A worker begins a task. */
	void busy(long now) {
		if (this.maxMemory > 0 && this.sampler == null) {
			this.sampler = this.timers.at(now + SAMPLE, this::sample);
		}
	}

	/** A worker has finished a task; whether it must not be given another. */
	boolean isSpent(Worker worker, long now) {
		boolean over = worker.resident > this.maxMemory;
		if (this.maxMemory > 0 && (over || now - worker.measuredAt >= LOOK_AGAIN)) {
			measure(worker, now);
		}
		return worker.wornOut != null && worker.resident > this.maxMemory + this.maxMemory / 4 && this.maxMemory > 0;
	}

	private void sample(long now) {
		this.sampler = null;
		boolean again = false;
		for (Worker worker : this.fleet.oldestFirst()) {
			if (worker.phase == Worker.Phase.SERVING) {
				measure(worker, now);
				again |= !worker.inFlight.isEmpty();
				if (!worker.inFlight.isEmpty() && worker.resident > this.maxMemory + this.maxMemory / 2) {
					kill(worker, now);
				}
			}
		}
		if (again) {
			busy(now);
		}
	}

	private void measure(Worker worker, long now) {
		worker.measuredAt = now;
		worker.resident = this.effects.residentBytes(worker.id);
		// While a task runs, part of it is that task's
		if (worker.resident > this.maxMemory && worker.inFlight.isEmpty() && worker.wornOut == null) {
			worker.wornOut = new EndReason(WorkerExit.MEMORY, "max-memory: it holds %d MB, the limit is %d MB"
				.formatted(worker.resident >> 20, this.maxMemory >> 20));
		}
	}

	private void kill(Worker worker, long now) {
		String why = "it holds %d MB, which is over its max-memory of %d MB by more than half"
			.formatted(worker.resident >> 20, this.maxMemory >> 20);
		this.fleet.kill(worker, new EndReason(WorkerExit.OUT_OF_MEMORY, why),
				(task, report) -> new Outcome.Crashed(report.because(CrashReason.OUT_OF_MEMORY, why)), now);
	}

}
