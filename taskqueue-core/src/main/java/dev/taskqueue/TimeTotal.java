package dev.taskqueue;

import java.time.Duration;

/**
 * How often something was measured, and how long it took all together. Neither ever
 * decreases: the difference of two is the rate and the mean between them.
 *
 * @param count how often
 * @param time the sum of all times
 */
public record TimeTotal(long count, Duration time) {

	/** Never measured. */
	public static final TimeTotal ZERO = new TimeTotal(0, Duration.ZERO);

}
