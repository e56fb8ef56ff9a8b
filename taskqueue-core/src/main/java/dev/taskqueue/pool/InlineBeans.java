package dev.taskqueue.pool;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanSource;
import org.jspecify.annotations.Nullable;

/**
 * The beans of a queue without processes: those it was given one by one, then those of
 * the source it was built with. Thread-safe.
 */
final class InlineBeans implements BeanSource {

	private final @Nullable BeanSource source;

	private final Map<BeanRef<?>, Object> given = new ConcurrentHashMap<>();

	InlineBeans(@Nullable BeanSource source) {
		this.source = source;
	}

	<B> void give(BeanRef<B> bean, B instance) {
		this.given.put(bean, bean.type().cast(instance));
	}

	boolean isEmpty() {
		return this.source == null && this.given.isEmpty();
	}

	@Override
	public <B> B getBean(BeanRef<B> bean) {
		Object instance = this.given.get(bean);
		if (instance != null) {
			return bean.type().cast(instance);
		}
		if (this.source == null) {
			throw new NoSuchElementException("There is no " + bean + "; this queue was given "
					+ this.given.keySet().stream().map(BeanRef::toString).sorted().toList());
		}
		return this.source.getBean(bean);
	}

}
