package dev.taskqueue.pool;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.taskqueue.BeanSource;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Where a queue's tasks find beans and other queues.
 *
 * @param context what each worker's context is told, {@code null} if there is none
 * @param inline finds beans where there are no workers, {@code null} if nothing does
 * @param queues the names of queues that tasks can add to; none: this queue alone
 * @param lookup finds a queue by such a name
 */
public record BeanSettings(@Nullable Map<String, String> context, @Nullable BeanSource inline, Set<String> queues,
		Function<String, @Nullable TaskQueue> lookup) {

	/** No beans, no other queue. */
	public static final BeanSettings NONE = new BeanSettings(null, null, Set.of(), (name) -> null);

	public BeanSettings {
		context = (context != null) ? Map.copyOf(context) : null;
		queues = Set.copyOf(queues);
	}

	/** What a worker is told. */
	Frame.@Nullable Context frame() {
		return (this.context != null) ? new Frame.Context(this.context, this.queues) : null;
	}

	/** With this queue, if it was given no others. */
	BeanSettings orOnly(String name, TaskQueue queue) {
		return this.queues.isEmpty() ? new BeanSettings(this.context, this.inline, Set.of(name), (any) -> queue) : this;
	}

}
