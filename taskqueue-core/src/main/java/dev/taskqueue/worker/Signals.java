package dev.taskqueue.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * Makes a worker deaf to the signals that a terminal or a service manager sends to every
 * process of an application: the parent decides when its workers leave. A handler that
 * does nothing rather than SIG_IGN, which the processes a task starts would inherit.
 * Through reflection, because the compiler warns of the only API there is.
 */
final class Signals {

	private Signals() {
	}

	static void ignore(String... names) {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			Class<?> handler = Class.forName("sun.misc.SignalHandler");
			Object nothing = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler },
					new DoNothing());
			Method handle = signal.getMethod("handle", signal, handler);
			for (String name : names) {
				handle.invoke(null, signal.getConstructor(String.class).newInstance(name), nothing);
			}
		}
		catch (ReflectiveOperationException | IllegalArgumentException ex) {
			// Without it a signal to the whole group ends workers too early, no worse
		}
	}

	/** A signal handler that does nothing. */
	private static final class DoNothing implements InvocationHandler {

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
			return switch (method.getName()) {
				case "hashCode" -> System.identityHashCode(proxy);
				case "equals" -> arguments != null && proxy == arguments[0];
				case "toString" -> "ignored";
				default -> null;
			};
		}

	}

}
