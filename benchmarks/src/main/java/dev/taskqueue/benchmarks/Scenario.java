package dev.taskqueue.benchmarks;

import java.util.List;

/**
 * Something that several do by turns, and what is read off it.
 *
 * @param name to choose it by
 * @param load how many tasks a run has
 * @param ratio what stands in the column of that name
 * @param lanes who takes part; the first is what the others are compared with
 * @param measures the numbers
 * @param seasoned whether everybody has run many empty tasks before
 */
record Scenario(String name, Load load, Ratio ratio, List<Lane> lanes, List<Measure> measures, boolean seasoned) {

	Scenario(String name, Load load, Ratio ratio, List<Lane> lanes, List<Measure> measures) {
		this(name, load, ratio, lanes, measures, false);
	}

	/**
	 * With tasks that are too few to warm up a JVM.
	 */
	Scenario ofFewTasks() {
		return new Scenario(this.name, this.load, this.ratio, this.lanes, this.measures, true);
	}

	/**
	 * What is divided by what.
	 */
	enum Ratio {

		/** TaskQueue by the others: the first lane is TaskQueue. */
		FIRST_BY_THIS,

		/** TaskQueue in one way by TaskQueue in another, or by what it is made of. */
		THIS_BY_FIRST;

		double of(double first, double other) {
			return (this == FIRST_BY_THIS) ? first / other : other / first;
		}

	}

}
