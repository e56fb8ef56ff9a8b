package dev.taskqueue.autoconfigure.worker;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.taskqueue.TaskQueue;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Takes out of a worker's context, when all beans are known and none exists, what begins
 * something in the application: scheduled methods, message listeners, life cycles and
 * changes of databases. The application's own definitions of queues become queues of its
 * process.
 */
final class WorkerBeanDefinitions implements BeanFactoryPostProcessor {

	/**
	 * Scheduling, and listeners for JMS, AMQP, Kafka, Pulsar and others that follow this
	 * habit. Not that of application events.
	 */
	private static final Pattern STARTERS = Pattern
		.compile(".*\\.internal(Scheduled|\\w*Listener|\\w*Reader)Annotation(Bean)?(Post)?Processor");

	/** It would have beans made at the start that have scheduled methods. */
	private static final String SCHEDULED_FILTER = "scheduledBeanLazyInitializationExcludeFilter";

	/** What changes a database as soon as it exists; others may depend on it. */
	private static final List<String> DATABASE_CHANGES = List.of(
			"org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer",
			"liquibase.integration.spring.SpringLiquibase",
			"org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer",
			"org.springframework.jdbc.datasource.init.DataSourceInitializer",
			"org.springframework.r2dbc.connection.init.ConnectionFactoryInitializer");

	private final WorkerQueues queues;

	private final List<String> start;

	WorkerBeanDefinitions(WorkerQueues queues, List<String> start) {
		this.queues = queues;
		this.start = List.copyOf(start);
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory configurable) {
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) configurable;
		Stream.of(beanFactory.getBeanDefinitionNames())
			.filter((name) -> name.equals(SCHEDULED_FILTER) || STARTERS.matcher(name).matches())
			.forEach(beanFactory::removeBeanDefinition);
		DATABASE_CHANGES.forEach((type) -> replaceByNothing(beanFactory, type));
		forwardQueues(beanFactory);
		if (beanFactory.containsBeanDefinition(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)) {
			beanFactory.removeBeanDefinition(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME);
		}
		beanFactory.registerSingleton(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
				new NamedLifecycles(beanFactory, this.start));
	}

	/** Not removed: a bean that depends on it by its name is to find something. */
	private static void replaceByNothing(DefaultListableBeanFactory beanFactory, String typeName) {
		ClassLoader loader = beanFactory.getBeanClassLoader();
		if (!ClassUtils.isPresent(typeName, loader)) {
			return;
		}
		Class<?> type = ClassUtils.resolveClassName(typeName, loader);
		for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
			String definition = name.startsWith("&") ? name.substring(1) : name;
			if (beanFactory.containsBeanDefinition(definition)) {
				beanFactory.removeBeanDefinition(definition);
				beanFactory.registerBeanDefinition(definition, new RootBeanDefinition(Object.class, Object::new));
			}
		}
	}

	private void forwardQueues(DefaultListableBeanFactory beanFactory) {
		for (String name : beanFactory.getBeanNamesForType(TaskQueue.class, true, false)) {
			if (this.queues.candidates().containsKey(name)
					&& beanFactory.getBeanDefinition(name) instanceof AbstractBeanDefinition definition) {
				definition.setInstanceSupplier(() -> this.queues.queue(name));
				definition.setDestroyMethodName(""); // closed by the application
			}
		}
	}

}
