package dev.taskqueue.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import dev.taskqueue.benchmarks.subject.Arguments;

/**
 * A run, as text: machine, versions, date and table. In a document it stands between two
 * marks.
 *
 * @param options what was asked for
 * @param machine what it ran on
 * @param began when
 * @param took how long
 * @param greetings versions by subject
 * @param table the numbers
 */
record Report(Options options, Machine machine, Instant began, Duration took, Map<String, Arguments> greetings,
		Table table) {

	static final String BEGIN = "<!-- Written by the benchmarks from here -->";

	static final String END = "<!-- to here -->";

	String text() {
		StringBuilder text = new StringBuilder();
		if (this.options.scale() != Scale.FULL) {
			text.append("A run with --" + this.options.scale().name().toLowerCase(java.util.Locale.ROOT)
					+ ": not what to judge by.\n\n");
		}
		text.append("- Date: ").append(this.began.truncatedTo(ChronoUnit.MINUTES)).append(", ");
		text.append(this.options.rounds()).append(" rounds in ").append(this.took.toMinutes()).append(" min ");
		text.append(this.took.toSecondsPart()).append(" s\n");
		text.append("- Machine: %d × %s, %s; %s; load before the run %s\n".formatted(this.machine.cores(),
				this.machine.processor(), this.machine.memory(), this.machine.system(), this.machine.busy()));
		text.append("- Java: ").append(this.machine.java()).append('\n');
		text.append("- Versions: ");
		String separator = "";
		for (Map.Entry<String, Arguments> greeting : this.greetings.entrySet()) {
			if (!greeting.getKey().startsWith("bare-")) {
				text.append(separator).append(version(greeting.getKey(), greeting.getValue()));
				separator = ", ";
			}
		}
		if (!this.machine.commit().isEmpty()) {
			text.append("\n- Commit: ").append(this.machine.commit());
		}
		return text.append("\n\n").append(this.table.summary()).append("\n\n").append(this.table).toString();
	}

	/** Put it into a document between the marks, or make a file of it. */
	void write(Path file) throws IOException {
		String whole = Files.exists(file) ? Files.readString(file) : BEGIN + "\n" + END + "\n";
		int begin = whole.indexOf(BEGIN);
		int end = whole.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new IOException("%s has no place for the table: the lines '%s' and '%s'".formatted(file, BEGIN, END));
		}
		Files.writeString(file, whole.substring(0, begin) + BEGIN + "\n\n" + text() + "\n" + whole.substring(end));
	}

	private static String version(String subject, Arguments greeting) {
		String python = greeting.text("python", "");
		return subject + " " + greeting.text("version", "unknown").replace("(", " (").replace("-", " ")
				+ (python.isEmpty() ? "" : " on Python " + python);
	}

}
