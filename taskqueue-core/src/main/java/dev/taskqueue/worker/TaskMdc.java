package dev.taskqueue.worker;

import java.util.Map;

import dev.taskqueue.wire.DiagnosticContext;
import org.slf4j.MDC;

/**
 * SLF4J's diagnostic context, once a task has it or SLF4J is in use: its start takes a
 * fresh JVM five milliseconds, and not every task logs. Any thread.
 */
final class TaskMdc {

	/** With a provider of its own, SLF4J starts without our knowing. */
	private static volatile boolean used = !ForwardingServiceProvider.NAME
		.equals(System.getProperty(ForwardingServiceProvider.PROPERTY));

	private TaskMdc() {
	}

	/** SLF4J is in use. */
	static void use() {
		used = true;
	}

	/** A task begins in this thread. */
	static void begin(Map<String, String> context) {
		if (!context.isEmpty()) {
			MDC.setContextMap(context);
		}
	}

	/** The task has ended. */
	static void end() {
		if (used) {
			MDC.clear();
		}
	}

	/** The context of this thread. */
	static Map<String, String> current() {
		return used ? DiagnosticContext.bounded(MDC.getCopyOfContextMap()) : Map.of();
	}

}
