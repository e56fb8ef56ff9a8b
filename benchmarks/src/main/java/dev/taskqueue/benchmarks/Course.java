package dev.taskqueue.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.benchmarks.Subjects.MissingException;
import dev.taskqueue.benchmarks.subject.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Runs one scenario: starts every lane, warms each up, then lets them take turns, another
 * one first in each round. Only one does anything at a time.
 */
final class Course {

	/** A lane that takes no less than this of its best time has got no faster. */
	private static final double FASTER = 0.95;

	/**
	 * One that has not got faster for so many turns has settled. One such turn says
	 * little: a heap that grows into new memory has slow ones until it has grown.
	 */
	private static final int SETTLED = 3;

	/**
	 * So many times as long as any lane one that does not settle is warmed up besides.
	 */
	private static final int PATIENCE = 4;

	/** More processes than these take turns at being compiled. */
	private static final int PROCESSORS = 2;

	private static final int MOST_AT_ONCE = 100_000;

	/** So many times as long as a warm-up. */
	private static final int SEASONS = 2;

	private final Options options;

	private final Subjects subjects;

	private final Scenario scenario;

	private final List<Runner> runners = new ArrayList<>();

	Course(Options options, Subjects subjects, Scenario scenario) {
		this.options = options;
		this.subjects = subjects;
		this.scenario = scenario;
	}

	/** What came of each lane, in their order. */
	Map<Lane, Samples> run() {
		Map<Lane, Samples> results = new LinkedHashMap<>();
		for (Lane lane : this.scenario.lanes()) {
			if (!this.options.without().contains(lane.subject())) {
				Samples samples = new Samples();
				results.put(lane, samples);
				Runner runner = new Runner(lane, samples);
				this.runners.add(runner);
				runner.attempt(runner::warmUp);
			}
		}
		for (int round = 0; round < this.options.rounds(); round++) {
			for (int i = 0; i < this.runners.size(); i++) {
				Runner runner = this.runners.get((round + i) % this.runners.size());
				runner.attempt(runner::measure);
			}
		}
		for (Runner runner : this.runners) {
			runner.attempt(runner::end);
		}
		return results;
	}

	/** A lane with its process. */
	private final class Runner {

		private final Lane lane;

		private final Samples samples;

		private @Nullable SubjectProcess process;

		private int tasks;

		Runner(Lane lane, Samples samples) {
			this.lane = lane;
			this.samples = samples;
		}

		/**
		 * What goes wrong with one lane is a line of the table, and not the end of all.
		 */
		void attempt(Step step) {
			if (this.samples.failure() != null) {
				return;
			}
			try {
				step.run();
			}
			catch (IOException ex) {
				System.err.println("  " + this.lane.name() + ": " + ex.getMessage());
				this.samples.failed(ex instanceof MissingException,
						String.valueOf(ex.getMessage()).lines().findFirst().orElse(""));
				if (this.process != null) {
					this.process.close();
				}
			}
		}

		void warmUp() throws IOException {
			Load load = Course.this.scenario.load();
			this.tasks = load.least();
			SubjectProcess started = Course.this.subjects.acquire(this.lane.subject());
			this.process = started;
			double least = Course.this.options.scale().warmUpSeconds();
			boolean seasoned = Course.this.scenario.seasoned() && this.lane.runsTasks();
			boolean recycled = this.lane.settings().number("recycle", 0) > 0;
			if (seasoned && recycled) { // in other workers: its own would not stay
				started.open(Arguments.of("workers", PROCESSORS));
				season(started, SEASONS * least);
				started.shut();
			}
			started.open(this.lane.settings());
			if (seasoned && !recycled) {
				season(started, SEASONS * least);
			}
			double enough = least * Math.max(1, this.lane.settings().number("workers") / PROCESSORS);
			double best = Double.MAX_VALUE;
			int noFaster = 0;
			for (double spent = 0; spent < enough || (noFaster < SETTLED && spent < enough + PATIENCE * least);) {
				double taken = run(started).seconds();
				spent += taken;
				noFaster = (taken / this.tasks > best * FASTER) ? noFaster + 1 : 0;
				best = Math.min(best, taken / this.tasks);
				// Not more than four times as many at once: it gets faster as it warms up
				this.tasks = Math.min(load.tasks(this.tasks, taken), this.tasks * 4);
			}
			if (this.lane.polls()) {
				started.shut();
			}
		}

		/** Empty tasks, as many as it takes in that time. */
		private void season(SubjectProcess started, double seconds) throws IOException {
			int count = 100;
			for (double spent = 0; spent < seconds; count = Math.min(count * 2, MOST_AT_ONCE)) {
				long begin = System.nanoTime();
				started.run("throughput", Arguments.of("tasks", count));
				spent += (System.nanoTime() - begin) / 1e9;
			}
		}

		void measure() throws IOException {
			if (this.process != null) {
				if (this.lane.polls()) {
					this.process.open(this.lane.settings());
				}
				Run run = run(this.process);
				if (this.lane.polls()) {
					this.process.shut();
				}
				this.samples.add(run.numbers());
				System.err.printf("  %-60s %8d tasks %6.2f s  %s%n", this.lane.name(), this.tasks, run.seconds(),
						run.numbers());
			}
		}

		void end() throws IOException {
			if (this.process != null) {
				this.process.shut();
				Course.this.subjects.release(this.lane.subject(), this.process);
			}
		}

		private Run run(SubjectProcess started) throws IOException {
			long begin = System.nanoTime();
			Arguments numbers = started.run(this.lane.drill(), this.lane.arguments().with("tasks", this.tasks));
			return new Run((System.nanoTime() - begin) / 1e9, numbers);
		}

	}

	/** One turn. */
	private record Run(double seconds, Arguments numbers) {
	}

	private interface Step {

		void run() throws IOException;

	}

}
