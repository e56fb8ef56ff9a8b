package dev.taskqueue.wire;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * What the JDK writes in place of a serializable lambda: the class and method behind it,
 * and what it captures.
 */
public final class LambdaForm {

	private LambdaForm() {
	}

	/**
	 * A class's name, without the part of a lambda's that differs from run to run.
	 * @param type any class
	 * @return its name, such as {@code com.acme.Reports$$Lambda}
	 */
	public static String stableName(Class<?> type) {
		String marker = "$$Lambda";
		int lambda = type.isHidden() ? type.getName().indexOf(marker) : -1;
		return (lambda < 0) ? type.getName() : type.getName().substring(0, lambda + marker.length());
	}

	/**
	 * The serialized form of a lambda.
	 * @param lambda any object
	 * @return its form, or {@code null} if it is no serializable lambda or its class is
	 * not open to us
	 */
	public static @Nullable SerializedLambda of(Object lambda) {
		if (!lambda.getClass().isHidden() && !lambda.getClass().isSynthetic()) {
			return null;
		}
		try {
			Method method = lambda.getClass().getDeclaredMethod("writeReplace");
			return (method.trySetAccessible() && method.invoke(lambda) instanceof SerializedLambda form) ? form : null;
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
			return null;
		}
	}

}
