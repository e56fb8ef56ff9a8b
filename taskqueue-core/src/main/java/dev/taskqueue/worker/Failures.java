package dev.taskqueue.worker;

import java.io.PrintWriter;
import java.io.StringWriter;

import dev.taskqueue.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Throwables as text. Whatever a task throws, and however its methods misbehave, there is
 * a text.
 */
final class Failures {

	/**
	 * In characters: message and trace together fit a frame, whatever they consist of.
	 */
	private static final int LONGEST_TEXT = 256 << 10;

	private Failures() {
	}

	static Frame.Failure of(long task, boolean fatal, Throwable thrown) {
		return new Frame.Failure(task, fatal, thrown.getClass().getName(), messageOf(thrown), render(thrown));
	}

	/** The trace with causes and suppressed exceptions, as the JDK prints it. */
	static String render(Throwable thrown) {
		StringWriter text = new StringWriter();
		try {
			thrown.printStackTrace(new PrintWriter(text, true));
		}
		catch (Throwable ex) {
			text.append(thrown.getClass().getName())
				.append(" (its trace cannot be printed: ")
				.append(ex.getClass().getName())
				.append(")");
		}
		return cut(text.toString());
	}

	private static @Nullable String messageOf(Throwable thrown) {
		try {
			String message = thrown.getMessage();
			return (message != null) ? cut(message) : null;
		}
		catch (Throwable ex) {
			return "(its message cannot be had: " + ex.getClass().getName() + ")";
		}
	}

	/** A text of bounded length. */
	static String cut(String text) {
		return (text.length() <= LONGEST_TEXT) ? text : text.substring(0, LONGEST_TEXT) + "\n(cut)";
	}

}
