package dev.taskqueue.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Tasks and results as bytes: what is plain without an object stream where both sides
 * have the same classes, anything else by Java serialization, {@code null} as no bytes at
 * all. Stateless.
 */
public final class Payloads {

	private static final byte[] NULL = {};

	/** In place of a limit: the bytes are not kept. */
	private static final int NOWHERE = -1;

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
		return write(value, limit, false);
	}

	/**
	 * Serialize an object for a reader that may have the same classes on the same Java.
	 * @param value the object
	 * @param limit the largest payload in bytes
	 * @param compact whether the reader has them: classes are named then, not described
	 * @return its bytes; none for {@code null}
	 * @throws PayloadException if it is not serializable, its graph is too deep, or its
	 * bytes exceed the limit
	 */
	public static byte[] write(@Nullable Object value, int limit, boolean compact) throws PayloadException {
		return (value != null) ? whole(keep(value, limit, compact), value.getClass()) : NULL;
	}

	/**
	 * Serialize a task that may have long to wait, as {@link #write} does, but for what
	 * all of its class have in common.
	 * @param task the task
	 * @param limit the largest payload in bytes, of the {@linkplain #whole whole}
	 * @param compact whether the reader has its classes
	 * @return what {@link #whole} takes
	 * @throws PayloadException as {@link #write}
	 */
	public static byte[] keep(Object task, int limit, boolean compact) throws PayloadException {
		byte[] bytes = encode(task, limit, compact);
		if (bytes == null) {
			// What is not serializable may have shown as too large: the stream writes
			// down the failure itself. So see whether the object can be written at all
			encode(task, NOWHERE, false);
			throw new PayloadException("%s takes more than %d bytes when serialized; carry less, or raise max-payload"
				.formatted(name(task), limit), true, null);
		}
		return bytes;
	}

	/**
	 * Serialize a result: values and records that need no object stream without one, if
	 * the task has come from somebody who has the same classes, and everything else
	 * described, because its reader trusts nobody.
	 * @param value the result
	 * @param limit the largest payload in bytes
	 * @param task what {@link #write} has returned for its task
	 * @param loader has found the task's class; a result of another loader's may not be
	 * what its reader knows by the same name
	 * @return its bytes; none for {@code null}
	 * @throws PayloadException as {@link #write}
	 */
	public static byte[] writeResult(@Nullable Object value, int limit, byte[] task, @Nullable ClassLoader loader)
			throws PayloadException {
		boolean sameClasses = !needsStream(task) || task[0] == CompactStreams.MARK;
		byte[] plain = (sameClasses && value != null) ? plain(value, limit, loader) : null;
		return (plain != null) ? plain : write(value, limit);
	}

	private static byte @Nullable [] plain(Object value, int limit, @Nullable ClassLoader loader) {
		try {
			Class<?> type = value.getClass();
			byte[] kept = (type.getClassLoader() == loader) ? PlainRecordWriter.write(value, limit) : null;
			return (kept != null) ? PlainRecordWriter.whole(kept, type) : PlainValues.write(value, limit);
		}
		catch (RuntimeException | LinkageError ex) {
			return null; // a stream knows what to say
		}
	}

	/**
	 * What was kept of an object, whole again.
	 * @param kept what {@link #keep} or {@link #write} has returned, or any bytes that
	 * come from elsewhere, if the class is no record
	 * @param type the object's class
	 * @return what {@link #write} returns, or those bytes
	 */
	public static byte[] whole(byte[] kept, Class<?> type) {
		boolean shortened = kept.length > 0 && kept[0] == PlainRecordWriter.KEPT && type.isRecord();
		return shortened ? PlainRecordWriter.whole(kept, type) : kept;
	}

	/**
	 * What is kept of it, or {@code null} if the bytes are more than the limit, or go
	 * nowhere.
	 */
	private static byte @Nullable [] encode(Object value, int limit, boolean compact) throws PayloadException {
		try {
			if (compact) {
				byte[] plain = PlainRecordWriter.write(value, limit);
				return (plain != null) ? plain : CompactWriter.write(value, limit);
			}
			LimitedBytes bytes = new LimitedBytes(limit);
			boolean kept = limit != NOWHERE;
			try (ObjectOutputStream out = new ObjectOutputStream(kept ? bytes : OutputStream.nullOutputStream())) {
				out.writeObject(value);
			}
			return (kept && !bytes.isExceeded()) ? bytes.toByteArray() : null;
		}
		catch (LimitedBytes.ExceededException ex) {
			return null;
		}
		catch (NotSerializableException ex) {
			throw new PayloadException(new SerializationPath(String.valueOf(ex.getMessage())).describe(said(value)),
					false, ex);
		}
		catch (StackOverflowError ex) {
			throw new PayloadException("The object graph of " + name(value)
					+ " is too deep to be serialized; keep long chains in a collection", false, null);
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			throw new PayloadException(name(value) + " cannot be serialized: " + ex, false, ex);
		}
	}

	/** What the caller knows of it. */
	private static Object said(Object value) {
		return (value instanceof BeanCall call) ? call.task() : value;
	}

	private static String name(Object value) {
		return LambdaForm.stableName(said(value).getClass());
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
		try {
			return switch (payload[0]) {
				case PlainValues.MARK -> PlainValues.read(payload, filter);
				case PlainRecordWriter.MARK ->
					(filter == null) ? PlainRecordReader.read(payload, KnownClasses.of(loader))
							: PlainRecordReader.read(payload, loader, filter);
				default -> readStream(payload, loader, filter);
			};
		}
		catch (StackOverflowError ex) {
			throw new InvalidClassException("the object graph is too deep to be read");
		}
	}

	private static Object readStream(byte[] payload, @Nullable ClassLoader loader, @Nullable ObjectInputFilter filter)
			throws IOException, ClassNotFoundException {
		try (ObjectInputStream in = input(payload, loader, filter)) {
			return in.readObject();
		}
		catch (InvalidClassException ex) {
			if (ex.getCause() instanceof ClassNotFoundException missing) {
				throw missing; // a class that was named, not described
			}
			throw ex;
		}
	}

	/**
	 * Prepare to read records of a class that need no object stream, as far as possible.
	 * Does not initialize the class.
	 * @param type the name of the class
	 * @param loader finds it
	 */
	public static void prepare(String type, @Nullable ClassLoader loader) {
		try {
			PlainRecordReader.of(type, KnownClasses.of(loader));
		}
		catch (IOException | ClassNotFoundException | RuntimeException | LinkageError ex) {
			// Whoever reads one will be told
		}
	}

	/**
	 * Whether it takes an object stream to read a payload.
	 * @param payload what {@link #write} or {@link #writeResult} has returned
	 * @return whether it needs one
	 */
	public static boolean needsStream(byte[] payload) {
		return payload.length > 0 && payload[0] != PlainRecordWriter.MARK && payload[0] != PlainValues.MARK;
	}

	private static ObjectInputStream input(byte[] payload, @Nullable ClassLoader loader,
			@Nullable ObjectInputFilter filter) throws IOException {
		ByteArrayInputStream bytes = new ByteArrayInputStream(payload);
		if (filter != null) {
			// Never a compact one: whoever is not trusted has to describe what it sends
			ObjectInputStream in = new LoaderInput(bytes, loader);
			in.setObjectInputFilter(filter);
			return in;
		}
		return (payload[0] == CompactStreams.MARK) ? new CompactStreams.Input(bytes, KnownClasses.of(loader))
				: new LoaderInput(bytes, loader);
	}

}
