package dev.taskqueue.wire;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * What travels in place of a task that needs a bean: which one, and the task.
 *
 * @param type the bean's type
 * @param name the bean's name, {@code null} if its type finds it
 * @param task what is to be done with it
 */
public record BeanCall(Class<?> type, @Nullable String name, Object task) implements Serializable {
}
