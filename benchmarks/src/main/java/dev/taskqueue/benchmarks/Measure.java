package dev.taskqueue.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * One number of those a drill gives.
 *
 * @param title as the table has it
 * @param key its name in the answer
 * @param unit its unit
 * @param targets what it should be
 */
record Measure(String title, String key, String unit, List<Target> targets) {

	static Measure of(String title, String key, String unit, Target... targets) {
		return new Measure(title, key, unit, List.of(targets));
	}

	/**
	 * What should hold of a lane.
	 *
	 * @param lane its name
	 * @param ofRatio whether of its ratio or of its value
	 * @param atLeast whether the limit is the least or the most
	 * @param limit the limit
	 */
	record Target(String lane, boolean ofRatio, boolean atLeast, double limit) {

		static Target ratioAtLeast(double limit, String lane) {
			return new Target(lane, true, true, limit);
		}

		static Target ratioAtMost(double limit, String lane) {
			return new Target(lane, true, false, limit);
		}

		static Target atLeast(double limit, String lane) {
			return new Target(lane, false, true, limit);
		}

		static Target atMost(double limit, String lane) {
			return new Target(lane, false, false, limit);
		}

		boolean isMet(double value, double ratio) {
			double number = this.ofRatio ? ratio : value;
			return this.atLeast ? number >= this.limit : number <= this.limit;
		}

		String text(String unit) {
			String number = String.format(Locale.ROOT, "%,.2f", this.limit).replaceAll("\\.?0+$", "");
			return (this.atLeast ? "≥ " : "≤ ") + number + (this.ofRatio ? " ×" : " " + unit);
		}

	}

}
