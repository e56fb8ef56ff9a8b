package dev.taskqueue;

/**
 * A trace of a worker's, as text. Made the cause of an outcome, it is printed below the
 * caller's own.
 */
@SuppressWarnings("OverrideThrowableToString") // its own class name would only distract
final class RemoteTrace extends Throwable {

	RemoteTrace(String text) {
		super(text, null, false, false);
	}

	@Override
	public String toString() {
		return "in the worker: " + getMessage();
	}

}
