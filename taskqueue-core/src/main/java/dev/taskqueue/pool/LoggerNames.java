package dev.taskqueue.pool;

import java.util.HashSet;
import java.util.Set;

import dev.taskqueue.wire.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loggers workers may have in the application. A logging library keeps a logger, and
 * often those above it, for ever: a task that makes up names must not fill the heap of
 * the application. What is over the bound goes to {@link #OTHERS} and says its name.
 * Owned by the thread of the {@link LogRelay}.
 */
final class LoggerNames {

	/** Where events go whose logger is one too many. */
	static final String OTHERS = "dev.taskqueue.others";

	/** Of all names together, each with those above it. */
	static final int MOST_LOGGERS = 10_000;

	static final int LONGEST = 1000;

	private static final int SHOWN = 200;

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.worker");

	private final String queue;

	private final Set<String> known = new HashSet<>();

	private int loggers;

	private boolean said;

	LoggerNames(String queue) {
		this.queue = queue;
	}

	/** The event as it may be logged. */
	Frame.Log bounded(Frame.Log event) {
		String name = event.logger();
		if (this.known.contains(name)) {
			return event;
		}
		int needed = 1 + (int) name.chars().filter((character) -> character == '.').count();
		if (name.length() <= LONGEST && this.loggers + needed <= MOST_LOGGERS) {
			this.known.add(name);
			this.loggers += needed;
			return event;
		}
		if (!this.said) {
			this.said = true;
			logger.warn("Queue '{}': its tasks log under more names than the {} they may have, or under longer ones "
					+ "than {} characters; such events go to '{}'", this.queue, MOST_LOGGERS, LONGEST, OTHERS);
		}
		String shown = Printable.line((name.length() <= SHOWN) ? name : name.substring(0, SHOWN) + "…");
		return new Frame.Log(event.task(), event.level(), event.millis(), OTHERS, event.thread(),
				"[" + shown + "] " + event.message(), event.trace(), event.mdc());
	}

}
