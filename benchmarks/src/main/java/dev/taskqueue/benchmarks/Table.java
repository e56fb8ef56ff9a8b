package dev.taskqueue.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.taskqueue.benchmarks.Measure.Target;
import dev.taskqueue.benchmarks.Samples.Summary;

/**
 * The table, as text that is Markdown as well. Each measure is a line, and below it a
 * line for each lane.
 */
final class Table {

	private static final List<String> HEAD = List.of("", "median", "min", "max", "ratio", "target", "");

	private final List<List<String>> rows = new ArrayList<>();

	private final List<String> missed = new ArrayList<>();

	private int targets;

	void add(Scenario scenario, Map<Lane, Samples> results) {
		for (Measure measure : scenario.measures()) {
			this.rows.add(row("**" + measure.title() + "**, " + measure.unit()));
			Summary first = null;
			for (Map.Entry<Lane, Samples> entry : results.entrySet()) {
				String name = entry.getKey().name();
				Samples samples = entry.getValue();
				if (samples.failure() != null) {
					this.rows.add(row(name, "–", "–", "–", "–", "", samples.failure().replace("|", "/")));
					continue;
				}
				Summary summary = samples.of(measure.key());
				boolean isFirst = entry.getKey().equals(scenario.lanes().get(0));
				first = isFirst ? summary : first;
				double ratio = (first != null && !isFirst) ? scenario.ratio().of(first.median(), summary.median())
						: Double.NaN;
				List<Target> targets = measure.targets().stream().filter((one) -> one.lane().equals(name)).toList();
				this.rows.add(row(name, number(summary.median()), number(summary.min()), number(summary.max()),
						Double.isNaN(ratio) ? "" : ratio(ratio),
						targets.stream().map((one) -> one.text(measure.unit())).collect(Collectors.joining(", ")),
						judge(measure.title() + (isFirst ? "" : " / " + name), targets, summary.median(), ratio)));
			}
		}
	}

	/** Which of the targets are met, in a sentence. */
	String summary() {
		String met = (this.targets - this.missed.size()) + " of " + this.targets + " targets are met.";
		return this.missed.isEmpty() ? met : met + " Missed: " + String.join("; ", this.missed) + ".";
	}

	@Override
	public String toString() {
		int[] widths = new int[HEAD.size()];
		List<List<String>> all = new ArrayList<>(List.of(HEAD));
		all.addAll(this.rows);
		all.forEach((row) -> {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		});
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < all.size(); i++) {
			text.append(line(all.get(i), widths));
			if (i == 0) {
				text.append("|---|---:|---:|---:|---:|---:|---|\n");
			}
		}
		return text.toString();
	}

	private String judge(String what, List<Target> targets, double value, double ratio) {
		if (targets.isEmpty()) {
			return "";
		}
		this.targets += targets.size();
		if (targets.stream().allMatch((target) -> target.isMet(value, ratio))) {
			return "met";
		}
		this.missed.add(what);
		return "**missed**";
	}

	private static List<String> row(String... cells) {
		List<String> row = new ArrayList<>(List.of(cells));
		row.addAll(Collections.nCopies(HEAD.size() - cells.length, ""));
		return row;
	}

	private static String line(List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder("|");
		for (int i = 0; i < widths.length; i++) {
			String pad = " ".repeat(widths[i] - row.get(i).length());
			boolean left = i == 0 || i == widths.length - 1;
			line.append(' ').append(left ? row.get(i) + pad : pad + row.get(i)).append(" |");
		}
		return line.append('\n').toString();
	}

	private static String ratio(double value) {
		String format = (value >= 10) ? "%,.0f ×" : (value >= 0.1) ? "%.2f ×" : "%.2g ×";
		return String.format(Locale.ROOT, format, value);
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, (value >= 100) ? "%,.0f" : (value >= 10) ? "%.1f" : "%.2f", value);
	}

}
