package dev.taskqueue.worker;

/**
 * Makes a worker deaf to the signals that a terminal or a service manager sends to every
 * process of an application: the parent decides when its workers leave. A handler that
 * does nothing rather than SIG_IGN, which the processes a task starts would inherit. Not
 * by reflection, which needs a proxy: that took a tenth of a worker's start.
 */
@SuppressWarnings("sunapi")
final class Signals {

	private Signals() {
	}

	static void ignore(String... names) {
		try {
			sun.misc.SignalHandler nothing = new DoNothing();
			for (String name : names) {
				sun.misc.Signal.handle(new sun.misc.Signal(name), nothing);
			}
		}
		catch (LinkageError | IllegalArgumentException ex) {
			// Without it a signal to the whole group ends workers too early, no worse
		}
	}

	/** A signal handler that does nothing. */
	private static final class DoNothing implements sun.misc.SignalHandler {

		@Override
		public void handle(sun.misc.Signal signal) {
			// As said
		}

	}

}
