package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.taskqueue.annotation.Queued;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Which methods of a class are {@link Queued}, by themselves or in an interface or class
 * above. Thread-safe.
 */
final class QueuedMethods {

	/** Most of a context's beans, and none of them has any: not looked through. */
	private static final List<String> KNOWN = List.of("org.springframework.", "java.", "jakarta.", "io.micrometer.");

	private static final Logger logger = LoggerFactory.getLogger(QueuedMethods.class);

	private final Map<Class<?>, Map<Method, Queued>> byClass = new ConcurrentHashMap<>();

	Map<Method, Queued> of(Class<?> type) {
		return this.byClass.computeIfAbsent(type, QueuedMethods::find);
	}

	/**
	 * Whether a class has none by its name alone. A loop: this is asked of every bean.
	 */
	static boolean isKnown(Class<?> type) {
		String name = type.getName();
		for (String known : KNOWN) {
			if (name.startsWith(known)) {
				return true;
			}
		}
		return false;
	}

	/** Few classes have any, and this asks little of the others. */
	private static boolean hasAnnotatedMethods(@Nullable Class<?> type) {
		if (type == null || isKnown(type)) {
			return false;
		}
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			if (method.getDeclaredAnnotations().length > 0) {
				return true;
			}
		}
		for (Class<?> above : type.getInterfaces()) {
			if (hasAnnotatedMethods(above)) {
				return true;
			}
		}
		return hasAnnotatedMethods(type.getSuperclass());
	}

	private static Map<Method, Queued> find(Class<?> type) {
		try {
			return !hasAnnotatedMethods(type) ? Map.of()
					: MethodIntrospector.selectMethods(type,
							(MethodIntrospector.MetadataLookup<Queued>) (method) -> AnnotatedElementUtils
								.findMergedAnnotation(method, Queued.class));
		}
		catch (IllegalStateException | LinkageError ex) {
			logger.debug("The methods of {} cannot be looked through: none of them is taken for queued", type, ex);
			return Map.of();
		}
	}

}
