package dev.taskqueue.autoconfigure.worker;

import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanSource;

import org.springframework.beans.factory.BeanFactory;

/**
 * The beans of a context, for bean tasks. Thread-safe.
 */
public final class ContextBeans implements BeanSource {

	private final BeanFactory beanFactory;

	/**
	 * Create a source.
	 * @param beanFactory where the beans are
	 */
	public ContextBeans(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public <B> B getBean(BeanRef<B> bean) {
		return (bean.name() != null) ? this.beanFactory.getBean(bean.name(), bean.type())
				: this.beanFactory.getBean(bean.type());
	}

}
