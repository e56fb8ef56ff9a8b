package dev.taskqueue.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * Tasks and results as bytes: Java serialization, {@code null} as no bytes at all.
 * Stateless.
 */
public final class Payloads {

	private static final byte[] NULL = {};

	private Payloads() {
	}

	/**
	 * Serialize an object.
	 * @param value the object
	 * @param limit the largest payload in bytes
	 * @return its bytes; none for {@code null}
	 * @throws PayloadException if it is not serializable, its graph is too deep, or its
	 * bytes exceed the limit
	 */
	public static byte[] write(@Nullable Object value, int limit) throws PayloadException {
		if (value == null) {
			return NULL;
		}
		LimitedBytes bytes = new LimitedBytes(limit);
		write(value, bytes);
		if (bytes.isExceeded()) {
			// What is not serializable may have shown as too large: the stream writes
			// down the
			// failure itself. So see whether the object can be written at all
			write(value, OutputStream.nullOutputStream());
			throw new PayloadException("%s takes more than %d bytes when serialized; carry less, or raise max-payload"
				.formatted(LambdaForm.stableName(said(value).getClass()), limit), true, null);
		}
		return bytes.toByteArray();
	}

	private static void write(Object value, OutputStream bytes) throws PayloadException {
		Object said = said(value);
		String name = LambdaForm.stableName(said.getClass());
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		catch (LimitedBytes.ExceededException ex) {
			// Known to the bytes
		}
		catch (NotSerializableException ex) {
			throw new PayloadException(new SerializationPath(String.valueOf(ex.getMessage())).describe(said), false,
					ex);
		}
		catch (StackOverflowError ex) {
			throw new PayloadException(
					"The object graph of " + name + " is too deep to be serialized; keep long chains in a collection",
					false, null);
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			throw new PayloadException(name + " cannot be serialized: " + ex, false, ex);
		}
	}

	/** What the caller knows of it. */
	private static Object said(Object value) {
		return (value instanceof BeanCall call) ? call.task() : value;
	}

	/**
	 * Deserialize an object.
	 * @param payload what {@link #write} returned
	 * @param loader finds the classes
	 * @param filter decides which classes are accepted; {@code null}: all
	 * @return the object
	 * @throws IOException if the bytes cannot be read
	 * @throws ClassNotFoundException if a class is missing
	 */
	public static @Nullable Object read(byte[] payload, @Nullable ClassLoader loader,
			@Nullable ObjectInputFilter filter) throws IOException, ClassNotFoundException {
		if (payload.length == 0) {
			return null;
		}
		try (ObjectInputStream in = new Input(new ByteArrayInputStream(payload), loader)) {
			if (filter != null) {
				in.setObjectInputFilter(filter);
			}
			return in.readObject();
		}
		catch (StackOverflowError ex) {
			throw new InvalidClassException("the object graph is too deep to be read");
		}
	}

	/** Resolves by a given loader rather than by the nearest one on the stack. */
	private static final class Input extends ObjectInputStream {

		private final @Nullable ClassLoader loader;

		Input(InputStream in, @Nullable ClassLoader loader) throws IOException {
			super(in);
			this.loader = loader;
		}

		@Override
		protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
			try {
				return Class.forName(descriptor.getName(), false, this.loader);
			}
			catch (ClassNotFoundException ex) {
				return super.resolveClass(descriptor); // knows the primitives
			}
		}

		@Override
		@SuppressWarnings("deprecation") // the stream format's own way to a proxy class
		protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
			Class<?>[] interfaces = new Class<?>[names.length];
			for (int i = 0; i < names.length; i++) {
				interfaces[i] = Class.forName(names[i], false, this.loader);
			}
			try {
				return Proxy.getProxyClass(this.loader, interfaces);
			}
			catch (IllegalArgumentException ex) {
				throw new ClassNotFoundException("no proxy class of " + String.join(", ", names), ex);
			}
		}

	}

}
