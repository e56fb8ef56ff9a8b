package dev.taskqueue;

import java.io.Serializable;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Which bean a task needs: the only one of a type, or one of that type by its name.
 *
 * @param type the bean's class, or an interface of it
 * @param name the bean's name, or {@code null} for the one that its type finds
 * @param <B> the bean's type
 */
public record BeanRef<B>(Class<B> type, @Nullable String name) implements Serializable {

	public BeanRef {
		Objects.requireNonNull(type, "type");
	}

	/**
	 * The bean of a type.
	 * @param type its class, or an interface of it
	 * @param <B> the bean's type
	 * @return a reference
	 */
	public static <B> BeanRef<B> of(Class<B> type) {
		return new BeanRef<>(type, null);
	}

	/**
	 * The bean of a name.
	 * @param type its class, or an interface of it
	 * @param name its name
	 * @param <B> the bean's type
	 * @return a reference
	 */
	public static <B> BeanRef<B> of(Class<B> type, String name) {
		return new BeanRef<>(type, Objects.requireNonNull(name, "name"));
	}

	/**
	 * As it is said in messages.
	 * @return the name, if there is one, and the type
	 */
	@Override
	public String toString() {
		return (this.name != null) ? "bean '" + this.name + "' of type " + this.type.getName()
				: "bean of type " + this.type.getName();
	}

}
