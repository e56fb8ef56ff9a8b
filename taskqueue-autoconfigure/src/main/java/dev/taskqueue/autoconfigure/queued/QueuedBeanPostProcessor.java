package dev.taskqueue.autoconfigure.queued;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.taskqueue.annotation.Queued;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyProcessorSupport;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Puts a proxy before beans with {@link Queued} methods, or its advice before that of a
 * proxy that is there: what else surrounds the method, such as a transaction, belongs to
 * the worker. Comes after those that make proxies for other reasons.
 */
public final class QueuedBeanPostProcessor extends ProxyProcessorSupport
		implements BeanPostProcessor, SmartInitializingSingleton {

	private static final long serialVersionUID = 1L;

	private final transient ConfigurableListableBeanFactory beanFactory;

	private final transient QueueAccess queues;

	private final transient QueuedMethods queuedMethods = new QueuedMethods();

	/** Names of beans whose calls become tasks. */
	private final transient Set<String> advised = ConcurrentHashMap.newKeySet();

	/**
	 * Create a post-processor.
	 * @param beanFactory where the beans are
	 * @param queues where the queues are
	 * @param byClass whether to extend a bean's class, also if it has interfaces
	 */
	public QueuedBeanPostProcessor(ConfigurableListableBeanFactory beanFactory, QueueAccess queues, boolean byClass) {
		this.beanFactory = beanFactory;
		this.queues = queues;
		setProxyTargetClass(byClass);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (QueuedMethods.isKnown(bean.getClass()) || bean instanceof AopInfrastructureBean) {
			return bean;
		}
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		Map<Method, Queued> annotated = this.queuedMethods.of(type);
		if (annotated.isEmpty()) {
			return bean;
		}
		QueuedRules rules = new QueuedRules(this.beanFactory, beanName, type);
		annotated.keySet().forEach(rules::check);
		Map<Method, QueuedMethod> methods = new LinkedHashMap<>();
		annotated.forEach((method, queued) -> {
			QueuedMethod known = QueuedMethod.of(beanName, method, queued, this::resolve);
			this.queues.check(known);
			methods.put(method, known);
		});
		this.advised.add(beanName);
		return advised(bean, type, advisor(new QueuedCalls(methods, this.queues::get)), rules, annotated);
	}

	/** What has never come by here would run in its callers, and nobody would notice. */
	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = this.advised.contains(name) ? null : this.beanFactory.getSingleton(name);
			if (bean != null && !QueuedMethods.isKnown(bean.getClass())) {
				this.queuedMethods.of(AopProxyUtils.ultimateTargetClass(bean)).keySet().forEach((method) -> {
					throw new QueuedMethodException(name, method,
							"its bean was made before calls of it could be made tasks",
							"A bean that post-processes others needs it, or it was registered as an object. Let the "
									+ "post-processor take it by an ObjectProvider or @Lazy, or define it as a bean.");
				});
			}
		}
	}

	private Object advised(Object bean, Class<?> type, Advisor advisor, QueuedRules rules,
			Map<Method, Queued> annotated) {
		if (bean instanceof Advised advised && !advised.isFrozen()) {
			annotated.keySet().forEach((method) -> rules.checkReachable(method, advised.isProxyTargetClass()));
			advised.addAdvisor(0, advisor);
			return bean;
		}
		ProxyFactory factory = new ProxyFactory();
		factory.copyFrom(this);
		factory.setTarget(bean);
		if (!factory.isProxyTargetClass()) {
			evaluateProxyInterfaces(type, factory);
		}
		annotated.keySet().forEach((method) -> rules.checkReachable(method, factory.isProxyTargetClass()));
		factory.addAdvisor(advisor);
		return factory.getProxy(getProxyClassLoader());
	}

	private static Advisor advisor(QueuedCalls calls) {
		return new DefaultPointcutAdvisor(new StaticMethodMatcherPointcut() {

			@Override
			public boolean matches(Method method, Class<?> targetClass) {
				return calls.matches(method, targetClass);
			}

		}, calls);
	}

	private String resolve(String text) {
		@Nullable String resolved = this.beanFactory.resolveEmbeddedValue(text);
		return (resolved != null) ? resolved : "";
	}

}
