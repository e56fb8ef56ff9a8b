package dev.taskqueue.autoconfigure;

import dev.taskqueue.TaskQueue;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers each queue of {@code taskqueue.queues} as a bean of its name, and a start and
 * a life cycle for it. A queue is a fallback candidate: it is injected where it is asked
 * for by name, and never instead of the default queue.
 * <p>
 * Not a {@code BeanRegistrar}: that does not see whether a name is taken, and would
 * replace a bean of the application's where overriding is allowed.
 */
final class NamedTaskQueuesRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	private final BeanFactory beanFactory;

	NamedTaskQueuesRegistrar(Environment environment, BeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		ConfiguredQueues queues = new ConfiguredQueues(this.environment);
		for (String name : queues.names()) {
			if (isInParent(name)) {
				continue;
			}
			if (registry.isBeanNameInUse(name)) {
				throw queues.refusal(name,
						"There is a bean called '%s' already. Choose another name for one of them.".formatted(name));
			}
			registry.registerBeanDefinition(name,
					madeBy("queue", name).setDestroyMethodName("close").setFallback(true).getBeanDefinition());
			registry.registerBeanDefinition(name + "TaskQueueLifecycle",
					madeBy("lifecycle", name).addConstructorArgReference(name).getBeanDefinition());
			registry.registerBeanDefinition(name + "TaskQueueStart",
					madeBy("start", name).addConstructorArgReference(name).getBeanDefinition());
		}
	}

	/**
	 * With properties of its own or the same, a parent context has this queue already.
	 */
	private boolean isInParent(String name) {
		BeanFactory parent = (this.beanFactory instanceof HierarchicalBeanFactory child) ? child.getParentBeanFactory()
				: null;
		return parent != null && parent.containsBean(name) && parent.isTypeMatch(name, TaskQueue.class);
	}

	/** A method of a bean, not a lambda, so that it can be processed ahead of time. */
	private static BeanDefinitionBuilder madeBy(String method, String queue) {
		return BeanDefinitionBuilder.genericBeanDefinition()
			.setFactoryMethodOnBean(method, TaskQueueFactory.class.getName())
			.addConstructorArgValue(queue);
	}

}
