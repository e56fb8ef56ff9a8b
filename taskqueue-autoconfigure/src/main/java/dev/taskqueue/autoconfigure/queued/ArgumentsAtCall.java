package dev.taskqueue.autoconfigure.queued;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;

import dev.taskqueue.TaskNotSerializableException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ConfigurableObjectInputStream;

/**
 * The arguments of a call as they were then, for a task that is added later. Immutable.
 */
final class ArgumentsAtCall {

	private final byte[] bytes;

	private final @Nullable ClassLoader loader;

	/**
	 * Keep arguments.
	 * @param method the method that was called
	 * @param arguments its arguments
	 * @throws TaskNotSerializableException if one cannot be serialized
	 */
	ArgumentsAtCall(Method method, @Nullable Object[] arguments) {
		this.loader = method.getDeclaringClass().getClassLoader();
		try {
			this.bytes = bytes(arguments);
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw new TaskNotSerializableException(
					"The call of %s.%s cannot become a task: %s. Pass ids or values instead of it.".formatted(
							method.getDeclaringClass().getName(), method.getName(), reason(method, arguments, ex)),
					ex);
		}
	}

	/**
	 * The arguments, as a worker would get them.
	 * @return a copy
	 */
	@Nullable Object[] copy() {
		try (ObjectInputStream in = new ConfigurableObjectInputStream(new ByteArrayInputStream(this.bytes),
				this.loader)) {
			return (@Nullable Object[]) in.readObject();
		}
		catch (IOException | ClassNotFoundException ex) {
			throw new TaskNotSerializableException("The arguments of a call cannot be read again: " + ex, ex);
		}
	}

	private static byte[] bytes(@Nullable Object value) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		return bytes.toByteArray();
	}

	private static String reason(Method method, @Nullable Object[] arguments, Throwable failure) {
		for (int i = 0; i < arguments.length; i++) {
			try {
				bytes(arguments[i]);
			}
			catch (NotSerializableException ex) {
				return "argument '%s' holds a %s, which is not serializable"
					.formatted(method.getParameters()[i].getName(), ex.getMessage());
			}
			catch (IOException | RuntimeException | StackOverflowError ex) {
				return "argument '%s' cannot be serialized (%s)".formatted(method.getParameters()[i].getName(), ex);
			}
		}
		return failure.toString();
	}

}
