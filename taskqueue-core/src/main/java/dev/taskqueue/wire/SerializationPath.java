package dev.taskqueue.wire;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the way from a task to the object that made its serialization fail, for the error
 * message: the JDK names the class only. Walks fields, arrays, collections, maps and what
 * lambdas capture, as far as reflection may; best effort, used once.
 */
final class SerializationPath {

	private static final int MAX_DEPTH = 200;

	private static final int MAX_OBJECTS = 100_000;

	private final String culprit;

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	/**
	 * Create a search.
	 * @param culprit name of the class that is not serializable
	 */
	SerializationPath(String culprit) {
		this.culprit = culprit;
	}

	/**
	 * Explain the failure.
	 * @param root the object whose serialization failed
	 * @return a sentence that names the path
	 */
	String describe(Object root) {
		String start = LambdaForm.stableName(root.getClass());
		String path = search(root, start);
		String where = (path != null) ? "at " + path : "somewhere in " + start;
		return "%s is not serializable (%s); make it Serializable, mark the field transient, or carry its data instead"
			.formatted(this.culprit, where);
	}

	/** The search calls code of the task's, which may do anything. */
	private @Nullable String search(Object root, String start) {
		try {
			return find(root, start, 0);
		}
		catch (RuntimeException | StackOverflowError | LinkageError ex) {
			return null;
		}
	}

	private @Nullable String find(@Nullable Object object, String path, int depth) {
		if (object == null || depth > MAX_DEPTH || this.seen.size() > MAX_OBJECTS || !this.seen.add(object)) {
			return null;
		}
		Class<?> type = object.getClass();
		if (!(object instanceof Serializable)) {
			return type.getName().equals(this.culprit) ? path : null;
		}
		if (type.isArray()) {
			return type.getComponentType().isPrimitive() ? null : findInArray(object, path, depth);
		}
		if (object instanceof Collection<?> collection) {
			return findInArray(collection.toArray(), path, depth);
		}
		if (object instanceof Map<?, ?> map) {
			return findInMap(map, path, depth);
		}
		if (type.isHidden() || type.isSynthetic()) {
			return findInLambda(object, path, depth);
		}
		return findInFields(object, path, depth);
	}

	private @Nullable String findInArray(Object array, String path, int depth) {
		for (int i = 0; i < Array.getLength(array); i++) {
			String found = find(Array.get(array, i), path + "[" + i + "]", depth + 1);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable String findInMap(Map<?, ?> map, String path, int depth) {
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			String found = find(entry.getKey(), path + ".key", depth + 1);
			if (found == null) {
				found = find(entry.getValue(), path + "[" + nameOfKey(entry.getKey()) + "]", depth + 1);
			}
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable String findInLambda(Object lambda, String path, int depth) {
		SerializedLambda form = LambdaForm.of(lambda);
		for (int i = 0; form != null && i < form.getCapturedArgCount(); i++) {
			String found = find(form.getCapturedArg(i), path + ".<captured " + (i + 1) + ">", depth + 1);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable String findInFields(Object object, String path, int depth) {
		for (Class<?> type = object.getClass(); type != null
				&& Serializable.class.isAssignableFrom(type); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				boolean written = !Modifier.isStatic(field.getModifiers())
						&& !Modifier.isTransient(field.getModifiers());
				if (written && !field.getType().isPrimitive() && field.trySetAccessible()) {
					String found = find(valueOf(field, object), path + "." + field.getName(), depth + 1);
					if (found != null) {
						return found;
					}
				}
			}
		}
		return null;
	}

	private static @Nullable Object valueOf(Field field, Object object) {
		try {
			return field.get(object);
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

	private static String nameOfKey(@Nullable Object key) {
		return (key instanceof String || key instanceof Number || key instanceof Enum) ? String.valueOf(key) : "…";
	}

}
