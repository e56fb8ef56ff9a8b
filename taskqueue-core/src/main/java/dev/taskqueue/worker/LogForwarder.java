package dev.taskqueue.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.taskqueue.wire.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.EventConstants;

/**
 * Sends log events to the parent, and knows the levels that hold there. Installed once,
 * before the first task; any thread.
 */
final class LogForwarder {

	/** More than any level: nothing is logged. */
	private static final int OFF = Integer.MAX_VALUE;

	private static final int LONGEST_NAME = 1000;

	private static volatile @Nullable Outbox outbox;

	/** Logger name to the lowest level it logs; the root logger is "". */
	private static volatile Map<String, Integer> levels = Map.of();

	private static final List<Follower> followers = new CopyOnWriteArrayList<>();

	private LogForwarder() {
	}

	/** Whoever has taken levels from here and wants to know when they change. */
	interface Follower {

		void levelsChanged();

	}

	static void install(Map<String, String> levelNames, Outbox target) {
		levels(levelNames);
		outbox = target;
	}

	/** These levels hold from now on. */
	static void levels(Map<String, String> levelNames) {
		Map<String, Integer> known = new HashMap<>();
		for (Map.Entry<String, String> entry : levelNames.entrySet()) {
			known.put(entry.getKey(), levelOf(entry.getValue()));
		}
		levels = known;
		for (Follower follower : followers) {
			follower.levelsChanged();
		}
	}

	static void follow(Follower follower) {
		followers.add(follower);
	}

	/** The level of a logger: its own, or that of the nearest logger above it. */
	static int levelOfLogger(String name) {
		Map<String, Integer> known = levels;
		String ancestor = name;
		while (true) {
			Integer level = known.get(ancestor);
			if (level != null) {
				return level;
			}
			if (ancestor.isEmpty()) {
				return EventConstants.INFO_INT;
			}
			ancestor = ancestor.substring(0, Math.max(0, ancestor.lastIndexOf('.')));
		}
	}

	static Map<String, Integer> levels() {
		return levels;
	}

	/** Send an event, whatever its level. */
	static void forward(String logger, int level, String message, @Nullable Throwable thrown) {
		Outbox target = outbox;
		if (target == null) {
			return;
		}
		String trace = (thrown != null) ? Failures.render(thrown) : null;
		Frame.Log event = new Frame.Log(CurrentTask.id(), level, System.currentTimeMillis(), name(logger),
				name(Thread.currentThread().getName()), Failures.cut(message), trace, TaskMdc.current());
		if (level >= EventConstants.ERROR_INT || logger.equals(Frame.Log.STANDARD_ERROR)) {
			target.logNow(event); // it may be the last thing this process says
		}
		else {
			target.log(event);
		}
	}

	private static String name(String name) {
		return (name.length() <= LONGEST_NAME) ? name : name.substring(0, LONGEST_NAME);
	}

	private static int levelOf(String name) {
		return switch (name) {
			case "TRACE" -> EventConstants.TRACE_INT;
			case "DEBUG" -> EventConstants.DEBUG_INT;
			case "INFO" -> EventConstants.INFO_INT;
			case "WARN" -> EventConstants.WARN_INT;
			case "ERROR" -> EventConstants.ERROR_INT;
			default -> OFF;
		};
	}

}
