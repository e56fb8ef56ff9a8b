package dev.taskqueue.pool;

import java.io.ObjectInputFilter;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides which classes the application deserializes from one result. The worker may have
 * run hostile input, so this is a list of what is allowed: value types and collections of
 * the JDK, the task's own package and those below, the package of its declared result
 * type, and what the user adds. Used for one result, by one thread.
 */
final class ResultFilter implements ObjectInputFilter {

	/** Deeper graphs would exhaust the reader's stack. */
	private static final int MAX_DEPTH = 1000;

	private static final Set<String> PACKAGES = Set.of("java.lang", "java.math", "java.time", "java.time.chrono",
			"java.time.zone", "java.util", "java.util.concurrent", "java.util.concurrent.atomic",
			"java.util.concurrent.locks"); // concurrent collections hold locks

	private static final Set<String> CLASSES = Set.of("java.io.File", "java.net.URI", "java.net.InetAddress",
			"java.net.Inet4Address", "java.net.Inet6Address", "java.net.InetSocketAddress", "java.sql.Date",
			"java.sql.Time", "java.sql.Timestamp");

	private final @Nullable ObjectInputFilter users;

	private final String taskPackage;

	private final @Nullable String resultPackage;

	private final int payloadLength;

	private @Nullable String rejected;

	/**
	 * Create a filter.
	 * @param users the user's own, asked first
	 * @param task the task's class
	 * @param result its declared result type
	 * @param payloadLength bytes of the result: no array in it can be longer
	 */
	ResultFilter(@Nullable ObjectInputFilter users, Class<?> task, @Nullable Class<?> result, int payloadLength) {
		this.users = users;
		this.taskPackage = task.getPackageName();
		this.resultPackage = (result != null) ? result.getPackageName() : null;
		this.payloadLength = payloadLength;
	}

	@Override
	public Status checkInput(FilterInfo info) {
		if (info.depth() > MAX_DEPTH || info.arrayLength() > this.payloadLength) {
			return Status.REJECTED;
		}
		if (this.users != null) {
			Status status = this.users.checkInput(info);
			if (status == Status.REJECTED) {
				return reject(info);
			}
			if (status == Status.ALLOWED) {
				return status;
			}
		}
		if (info.serialClass() == null || isAllowed(elementOf(info.serialClass()))) {
			return Status.ALLOWED;
		}
		return reject(info);
	}

	private Status reject(FilterInfo info) {
		if (info.serialClass() != null) {
			this.rejected = info.serialClass().getName();
		}
		return Status.REJECTED;
	}

	/**
	 * The class that was refused.
	 * @return its name, or {@code null} if none was
	 */
	@Nullable String rejected() {
		return this.rejected;
	}

	private boolean isAllowed(Class<?> type) {
		String name = type.getPackageName();
		return type.isPrimitive() || PACKAGES.contains(name) || CLASSES.contains(type.getName())
				|| name.equals(this.taskPackage) || name.equals(this.resultPackage)
				|| (!this.taskPackage.isEmpty() && name.startsWith(this.taskPackage + "."));
	}

	private static Class<?> elementOf(Class<?> type) {
		Class<?> element = type;
		while (element.isArray()) {
			element = element.getComponentType();
		}
		return element;
	}

}
