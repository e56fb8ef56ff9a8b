package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * What a bean and its method must be like so that every call through the bean becomes a
 * task: otherwise it would run in its caller, and nobody would notice.
 */
final class QueuedRules {

	private static final String THROUGH_THE_BEAN = "Calls become tasks on their way through the bean's proxy.";

	private final ConfigurableListableBeanFactory beanFactory;

	private final String bean;

	private final Class<?> type;

	private final SelfCalls selfCalls;

	/**
	 * Create the rules for a bean.
	 * @param beanFactory where it is
	 * @param bean its name
	 * @param type its class, without proxies
	 */
	QueuedRules(ConfigurableListableBeanFactory beanFactory, String bean, Class<?> type) {
		this.beanFactory = beanFactory;
		this.bean = bean;
		this.type = type;
		this.selfCalls = new SelfCalls(type);
	}

	void check(Method method) {
		if (Modifier.isStatic(method.getModifiers())) {
			throw refusal(method, "is static", THROUGH_THE_BEAN + " Make it an instance method.");
		}
		if (Modifier.isPrivate(method.getModifiers())) {
			throw refusal(method, "is private", THROUGH_THE_BEAN + " Make it public, and call it from another bean.");
		}
		if (!this.beanFactory.containsBeanDefinition(this.bean)) {
			throw refusal(method, "its bean has no definition a worker could find by name",
					"Define it as a bean of its own, by @Component or @Bean.");
		}
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(this.bean);
		if (!definition.isSingleton() && !definition.isPrototype()) {
			throw refusal(method, "its bean is of scope '" + definition.getScope() + "', which workers do not have",
					"Move the method to a singleton, and pass what it needs from the scope as an argument.");
		}
		if (this.selfCalls.contains(method)) {
			throw refusal(method, "is called by its own class, where the call would run in the caller",
					THROUGH_THE_BEAN + " Move the caller or the method to another bean, or let the bean have itself "
							+ "injected and call the method on that.");
		}
	}

	/**
	 * Check what depends on the kind of proxy.
	 * @param method the method
	 * @param byClass whether the proxy extends the bean's class, or has its interfaces
	 */
	void checkReachable(Method method, boolean byClass) {
		if (byClass) {
			if (Modifier.isFinal(this.type.getModifiers()) || Modifier.isFinal(method.getModifiers())) {
				throw refusal(method, "is final, or of a final class",
						THROUGH_THE_BEAN + " That is a class which extends the bean's: take 'final' away.");
			}
		}
		else if (Stream.of(ClassUtils.getAllInterfacesForClass(this.type))
			.noneMatch((one) -> ClassUtils.hasMethod(one, method.getName(), method.getParameterTypes()))) {
			throw refusal(method, "is in none of the interfaces that the bean's proxy has",
					"Declare it in an interface, or leave spring.aop.proxy-target-class at true.");
		}
	}

	private QueuedMethodException refusal(Method method, String problem, String action) {
		return new QueuedMethodException(this.bean, method, problem, action);
	}

}
