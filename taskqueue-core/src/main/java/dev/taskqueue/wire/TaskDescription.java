package dev.taskqueue.wire;

import java.lang.invoke.SerializedLambda;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a task is called where nobody named it. Computed once, when the task is added: what
 * {@code toString()} says may change later. Only where it provably cannot (a lambda, a
 * class without a {@code toString} of its own) the text is put off until somebody reads
 * it. Stateless.
 */
public final class TaskDescription {

	private static final int MAX_LENGTH = 200;

	private static final String UNKNOWN = "(unknown)";

	private static final Logger logger = LoggerFactory.getLogger("dev.taskqueue.task");

	/** What all instances of a class have in common. */
	private static final ClassValue<Kind> KINDS = new ClassValue<>() {

		@Override
		protected Kind computeValue(Class<?> type) {
			return new Kind(type.getName(), hasOwnToString(type));
		}

	};

	private TaskDescription() {
	}

	/**
	 * Describe a task.
	 * @param task the task
	 * @return what {@link #text} makes the description of; it does not hold the task
	 */
	public static Object of(Object task) {
		Kind kind = KINDS.get(task.getClass());
		if (kind.ownToString) {
			return compact(cut(textOf(task)));
		}
		String lambda = kind.lambda(task);
		return (lambda != null) ? lambda : new Identity(kind.className, System.identityHashCode(task));
	}

	/**
	 * The description.
	 * @param kept what {@link #of} has returned, or a text
	 * @return at most {@value #MAX_LENGTH} characters
	 */
	public static String text(Object kept) {
		return (kept instanceof byte[] latin) ? new String(latin, StandardCharsets.ISO_8859_1) : kept.toString();
	}

	/** Without the object around it, where its characters are bytes. */
	private static Object compact(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > 0xff) {
				return text;
			}
		}
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * A text of the length a description may have.
	 * @param text any text
	 * @return as much of it as fits
	 */
	public static String cut(String text) {
		if (text.length() <= MAX_LENGTH) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
		return text.substring(0, end);
	}

	private static String textOf(Object task) {
		try {
			String text = task.toString();
			if (text != null) {
				return text;
			}
			logger.warn("toString() of a task of {} returns null; it is called {}", task.getClass(), UNKNOWN);
		}
		catch (OutOfMemoryError ex) {
			throw ex;
		}
		catch (Exception | Error ex) {
			logger.warn("toString() of a task of {} fails; it is called {}", task.getClass(), UNKNOWN, ex);
		}
		return UNKNOWN;
	}

	private static boolean hasOwnToString(Class<?> type) {
		try {
			return type.getMethod("toString").getDeclaringClass() != Object.class;
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

	/** One class of tasks. */
	private static final class Kind {

		private final String className;

		private final boolean ownToString;

		/**
		 * Empty: not a lambda. Filled by the first task; any thread's answer is the same.
		 */
		private volatile @Nullable String lambda;

		Kind(String className, boolean ownToString) {
			this.className = className;
			this.ownToString = ownToString;
		}

		@Nullable String lambda(Object task) {
			String known = this.lambda;
			if (known == null) {
				SerializedLambda form = LambdaForm.of(task);
				known = (form == null) ? ""
						: cut(form.getImplClass().replace('/', '.') + "::" + form.getImplMethodName());
				this.lambda = known;
			}
			return known.isEmpty() ? null : known;
		}

	}

	/** What {@link Object#toString()} would say. */
	private record Identity(String className, int hash) {

		@Override
		public String toString() {
			return cut(this.className + "@" + Integer.toHexString(this.hash));
		}

	}

}
