package dev.taskqueue.autoconfigure.worker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.Lifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Starts and stops the life-cycle beans that are named, in their phases, whether they
 * start by themselves or not, and no other.
 */
final class NamedLifecycles extends DefaultLifecycleProcessor {

	private static final String PROPERTY = "taskqueue.worker.spring.start";

	private final BeanFactory beanFactory;

	private final List<String> names;

	NamedLifecycles(BeanFactory beanFactory, List<String> names) {
		setBeanFactory(beanFactory);
		this.beanFactory = beanFactory;
		this.names = List.copyOf(names);
	}

	@Override
	public void onRefresh() {
		try {
			start();
		}
		catch (ApplicationContextException ex) {
			stop(); // those before it
			throw ex;
		}
	}

	@Override
	protected Map<String, Lifecycle> getLifecycleBeans() {
		Map<String, Lifecycle> beans = new LinkedHashMap<>();
		for (String name : this.names) {
			if (!this.beanFactory.containsBean(name)) {
				throw new InvalidConfigurationPropertyValueException(PROPERTY, name,
						"The worker's context has no bean of this name.");
			}
			if (!(this.beanFactory.getBean(name) instanceof Lifecycle bean)) {
				throw new InvalidConfigurationPropertyValueException(PROPERTY, name,
						"This bean has no life cycle: it does not implement Lifecycle.");
			}
			beans.put(name, bean);
		}
		return beans;
	}

}
