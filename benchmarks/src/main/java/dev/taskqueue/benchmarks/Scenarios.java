package dev.taskqueue.benchmarks;

import java.util.List;
import java.util.stream.Stream;

import dev.taskqueue.benchmarks.Measure.Target;
import dev.taskqueue.benchmarks.Scenario.Ratio;
import dev.taskqueue.benchmarks.subject.Arguments;

/**
 * Everything that is measured, in the order of the table. Another row is another scenario
 * here, and a drill, if none does it yet.
 */
final class Scenarios {

	private static final Arguments NONE = Arguments.of();

	private static final Arguments ONE_WORKER = Arguments.of("workers", 1);

	private static final Arguments TWO_WORKERS = Arguments.of("workers", 2);

	private final Scale scale;

	/** Iterations of the loop that take a millisecond. */
	private final int millisecond;

	Scenarios(Scale scale, int millisecond) {
		this.scale = scale;
		this.millisecond = millisecond;
	}

	List<Scenario> all() {
		return List.of(empty(), argument("1 KB", 1 << 10, 100_000, 5), argument("64 KB", 64 << 10, 4_000, 2),
				roundTrip(), pauses(), cpu(), freshWorkers(), recycling(), waiting(), workerMemory(), log(), beside(),
				backlog(), workers(), contexts(), recycledContexts());
	}

	private Scenario empty() {
		return new Scenario("empty", this.scale.about(1, 50, 500_000), Ratio.FIRST_BY_THIS,
				Stream
					.of(all(TWO_WORKERS, "throughput", NONE),
							Stream.of(new Lane(Lane.POOL + ".starmap, chunks of 1000: the user batches", "pool",
									TWO_WORKERS, "batches", Arguments.of("chunk", 1000))))
					.flatMap((lanes) -> lanes)
					.toList(),
				List.of(Measure.of("Empty tasks, added from one thread, all results awaited", "rate", "/s",
						Target.ratioAtLeast(12, Lane.POOL))));
	}

	private Scenario argument(String size, int bytes, int most, double target) {
		return new Scenario("argument-" + size.replace(" ", "").toLowerCase(java.util.Locale.ROOT),
				this.scale.about(1, 50, most), Ratio.FIRST_BY_THIS,
				processes(TWO_WORKERS, "throughput", Arguments.of("bytes", bytes)).toList(), List.of(Measure
					.of("The same with an argument of " + size, "rate", "/s", Target.ratioAtLeast(target, Lane.POOL))));
	}

	private Scenario roundTrip() {
		return new Scenario("round-trip", this.scale.about(1, 10, 20_000), Ratio.FIRST_BY_THIS,
				all(ONE_WORKER, "roundtrip", NONE).toList(),
				List.of(Measure.of("Round trip on an idle queue, back to back, one worker, p50", "p50", "µs",
						Target.ratioAtMost(0.5, Lane.POOL)),
						Measure.of("The same, p99", "p99", "µs", Target.ratioAtMost(0.5, Lane.POOL))));
	}

	private Scenario pauses() {
		return new Scenario("pauses", this.scale.about(1.5, 10, 2_000), Ratio.FIRST_BY_THIS,
				processes(ONE_WORKER, "roundtrip", Arguments.of("pause", 2000)).toList(),
				List.of(Measure.of("Round trip with pauses of 2 ms between tasks, one worker, p50", "p50", "µs",
						Target.ratioAtMost(1, Lane.POOL))));
	}

	private Scenario cpu() {
		Arguments loop = Arguments.of("iterations", 10 * this.millisecond);
		String bare = "the same loop in two bare JVMs";
		return new Scenario("cpu", this.scale.exactly(400, 4), Ratio.FIRST_BY_THIS,
				List.of(Lane.taskQueue(TWO_WORKERS, "throughput", loop),
						new Lane(bare, "bare-loops", TWO_WORKERS, "loops", loop)),
				List.of(Measure.of("CPU-bound tasks of 10 ms, two workers", "rate", "/s",
						Target.ratioAtLeast(0.98, bare))))
			.ofFewTasks();
	}

	private Scenario freshWorkers() {
		String hello = "java Hello, two at once";
		String spawn = Lane.POOL + " (spawn, maxtasksperchild=1)";
		return new Scenario("fresh-workers", this.scale.about(2, 4, 200), Ratio.FIRST_BY_THIS,
				List.of(Lane.taskQueue(TWO_WORKERS.with("recycle", 1), "throughput", NONE),
						new Lane(hello, "bare-starts", TWO_WORKERS, "starts", NONE),
						python("pool", spawn, TWO_WORKERS.with("recycle", 1).with("method", "spawn"), "throughput",
								NONE)),
				List.of(Measure.of("Empty tasks, each in a fresh worker (requests-per-worker 1)", "rate", "/s",
						Target.ratioAtLeast(0.4, hello), Target.ratioAtLeast(1, spawn))))
			.ofFewTasks();
	}

	private Scenario recycling() {
		int milliseconds = 5;
		int halfLoad = 2 * 1000 / milliseconds / 2;
		String recycled = "requests-per-worker 100";
		Lane lane = Lane.taskQueue(TWO_WORKERS, "arrivals",
				Arguments.of("iterations", milliseconds * this.millisecond, "rate", halfLoad));
		return new Scenario("recycling", this.scale.exactly(1200, 10), Ratio.THIS_BY_FIRST,
				List.of(lane.named("no recycling"), lane.named(recycled).opened("recycle", 100)),
				List.of(Measure.of("CPU-bound tasks of 5 ms arriving at random, half load: latency p50", "p50", "ms"),
						Measure.of("The same, p99", "p99", "ms", Target.ratioAtMost(2, recycled))))
			.ofFewTasks();
	}

	private Scenario waiting() {
		int tasks = this.scale.number(1_000_000, 1000);
		return new Scenario("waiting", new Load(0, tasks, tasks), Ratio.FIRST_BY_THIS,
				List.of(Lane.taskQueue(TWO_WORKERS, "waiting", settle(200))),
				List.of(Measure.of("Heap after a collection with 1,000,000 records of one int waiting", "megabytes",
						"MB", Target.atMost(256, Lane.TASKQUEUE))));
	}

	private Scenario workerMemory() {
		String worker = "a worker after its first task";
		Lane lane = Lane.taskQueue(ONE_WORKER, "bare-memory", settle(1000));
		return new Scenario("worker-memory", new Load(0, 1, 1), Ratio.THIS_BY_FIRST,
				List.of(lane.named("a bare idle JVM with the same flags"),
						new Lane(worker, "taskqueue", ONE_WORKER, "worker-memory", settle(1000))),
				List.of(Measure.of("Resident memory", "megabytes", "MB", Target.ratioAtMost(1.4, worker))));
	}

	private Scenario log() {
		return new Scenario("log", this.scale.about(1, 1000, 500_000), Ratio.FIRST_BY_THIS,
				List.of(Lane.taskQueue(TWO_WORKERS, "log", NONE)),
				List.of(Measure.of("Log lines relayed from two workers, none lost", "rate", "/s",
						Target.atLeast(100_000, Lane.TASKQUEUE))));
	}

	private Scenario beside() {
		Lane lane = Lane.taskQueue(TWO_WORKERS, "beside", Arguments.of("iterations", 100 * this.millisecond));
		return new Scenario("beside", this.scale.exactly(25, 1), Ratio.FIRST_BY_THIS,
				List.of(lane, python("pool", Lane.POOL, TWO_WORKERS, "beside", NONE)),
				List.of(Measure.of("Long tasks of 100 ms amid short ones: a short one's wait, p99.9", "p99.9", "ms",
						Target.atMost(10, Lane.TASKQUEUE))))
			.ofFewTasks();
	}

	private Scenario backlog() {
		int many = this.scale.number(1_000_000, 2000);
		String million = "1,000,000 tasks waiting";
		Lane lane = Lane.taskQueue(TWO_WORKERS, "backlog", Arguments.of("backlog", 1000));
		return new Scenario("backlog", this.scale.about(1, 500, 500_000), Ratio.THIS_BY_FIRST,
				List.of(lane.named("1000 tasks waiting"), lane.named(million).with("backlog", many)), List.of(Measure
					.of("Cost of an empty task behind a backlog", "micros", "µs", Target.ratioAtMost(1.5, million))));
	}

	private Scenario workers() {
		Lane lane = Lane.taskQueue(TWO_WORKERS, "throughput", NONE);
		// As many for each lane, and enough to warm up each of the 32 workers
		return new Scenario("workers", this.scale.exactly(300_000, 50), Ratio.THIS_BY_FIRST,
				List.of(lane.named("2 workers"), lane.named("8 workers").opened("workers", this.scale.number(8, 2)),
						lane.named("32 workers").opened("workers", this.scale.number(32, 3))),
				List.of(Measure.of("Cost of an empty task by workers", "micros", "µs",
						Target.ratioAtMost(1.5, "8 workers"), Target.ratioAtMost(2, "32 workers"))));
	}

	private Scenario contexts() {
		Lane lane = new Lane("a plain worker", "shop", ONE_WORKER.with("context", "none"), "launches", NONE);
		return new Scenario("contexts", this.scale.exactly(5, 1), Ratio.THIS_BY_FIRST, List.of(lane,
				lane.named("a worker with beans of a small configuration").opened("context", "small"),
				lane.named("a worker with beans of the whole application").opened("context", "application"),
				new Lane("the application itself", "shop", ONE_WORKER.with("context", "none"), "application", NONE)),
				List.of(Measure.of("From launch to ready", "millis", "ms")));
	}

	private Scenario recycledContexts() {
		int milliseconds = 200;
		int halfLoad = 2 * 1000 / milliseconds / 2;
		String recycled = "requests-per-worker 20";
		Lane lane = new Lane("no recycling", "shop", TWO_WORKERS.with("context", "slow"), "arrivals",
				Arguments.of("iterations", milliseconds * this.millisecond, "rate", halfLoad));
		return new Scenario("recycled-contexts", this.scale.exactly(120, 2), Ratio.THIS_BY_FIRST,
				List.of(lane, lane.named(recycled).opened("recycle", 20)), List.of(
						Measure
							.of("Bean tasks of 200 ms arriving at random, half load, a context that takes a second to "
									+ "start: latency p50", "p50", "ms"),
						Measure.of("The same, p99", "p99", "ms", Target.ratioAtMost(2, recycled))));
	}

	private Arguments settle(int milliseconds) {
		return Arguments.of("settle", this.scale.number(milliseconds, 1));
	}

	/** TaskQueue, everything in processes, and everything in the same JVM. */
	private static Stream<Lane> all(Arguments settings, String drill, Arguments arguments) {
		return Stream.concat(processes(settings, drill, arguments),
				Stream.of(new Lane("ThreadPoolTaskExecutor: no processes", "threads", settings, drill, arguments),
						new Lane("JobRunr in memory: no processes", "jobrunr", settings, drill, arguments),
						new Lane("db-scheduler on H2: no processes", "db-scheduler", settings, drill, arguments)));
	}

	/** TaskQueue and everything that runs tasks in processes. */
	private static Stream<Lane> processes(Arguments settings, String drill, Arguments arguments) {
		return Stream.of(Lane.taskQueue(settings, drill, arguments),
				python("pool", Lane.POOL, settings, drill, arguments),
				python("executor", "concurrent.futures.ProcessPoolExecutor", settings, drill, arguments),
				python("pebble", "pebble.ProcessPool", settings, drill, arguments),
				python("loky", "loky (joblib)", settings, drill, arguments),
				python("celery", "Celery, prefork, Redis", settings, drill, arguments));
	}

	private static Lane python(String subject, String name, Arguments settings, String drill, Arguments arguments) {
		return new Lane(name, subject, settings, drill, arguments);
	}

}
