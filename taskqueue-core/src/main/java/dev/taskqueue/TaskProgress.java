package dev.taskqueue;

import org.jspecify.annotations.Nullable;

/**
 * What a task has said of its progress.
 *
 * @param fraction from 0 to 1
 * @param message what it is doing, at most 200 characters, or {@code null}
 * @see TaskContext#progress(double, String)
 */
public record TaskProgress(double fraction, @Nullable String message) {

	private static final int LONGEST_MESSAGE = 200;

	public TaskProgress {
		if (!(fraction >= 0 && fraction <= 1)) {
			throw new IllegalArgumentException("fraction must be from 0 to 1, but is " + fraction);
		}
		if (message != null && message.length() > LONGEST_MESSAGE) {
			message = message.substring(0, LONGEST_MESSAGE);
		}
	}

}
