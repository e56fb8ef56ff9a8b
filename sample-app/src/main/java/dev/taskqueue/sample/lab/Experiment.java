package dev.taskqueue.sample.lab;

import java.time.Duration;

import dev.taskqueue.CallableTask;
import dev.taskqueue.TaskOptions;

/**
 * What one can try in the lab.
 */
enum Experiment {

	LOOP("Endless loop"), EXIT("System.exit(0)"), HALT("Runtime.halt(3)"), CRASH("Native crash"), LEAK("Memory leak"),
	RECURSION("Stack overflow"), CHILD("Child left behind"), FLOOD("Output flood"), FLAKY("Flaky service"),
	OVERTIME("Overtime"), STEADY("Steady work");

	private final String title;

	Experiment(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	CallableTask<String> task() {
		return switch (this) {
			case LOOP -> new EndlessLoop();
			case EXIT -> new SystemExit(0);
			case HALT -> new RuntimeHalt(3);
			case CRASH -> new NativeCrash();
			case LEAK -> new NativeLeak();
			case RECURSION -> new DeepRecursion();
			case CHILD -> new LeftChild();
			case FLOOD -> new OutputFlood(64);
			case FLAKY -> new Flaky(2);
			case OVERTIME, STEADY -> new SteadyWork(20, 200);
		};
	}

	/** What is not here is as {@code taskqueue.queues.lab.task} says. */
	TaskOptions options() {
		TaskOptions options = TaskOptions.defaults().description(this.title);
		return switch (this) {
			case RECURSION -> options.maxAttempts(1);
			case OVERTIME -> options.softTimeout(Duration.ofSeconds(2)).grace(Duration.ofSeconds(1)).maxAttempts(1);
			case LEAK -> options.timeout(Duration.ofSeconds(30));
			case LOOP, EXIT, HALT, CRASH, CHILD, FLOOD, FLAKY, STEADY -> options;
		};
	}

}
