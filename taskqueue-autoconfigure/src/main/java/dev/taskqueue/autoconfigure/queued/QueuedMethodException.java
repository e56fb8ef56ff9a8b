package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.Method;

/**
 * A method is {@link dev.taskqueue.annotation.Queued} that cannot be.
 */
final class QueuedMethodException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create an exception.
	 * @param bean the bean's name
	 * @param method the method
	 * @param problem the end of a sentence that begins with the method
	 * @param action what to change, in whole sentences
	 */
	QueuedMethodException(String bean, Method method, String problem, String action) {
		super("%s.%s of bean '%s' is @Queued, but %s.".formatted(method.getDeclaringClass().getName(), method.getName(),
				bean, problem));
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
