package dev.taskqueue.autoconfigure.worker;

import dev.taskqueue.TaskQueue;
import dev.taskqueue.autoconfigure.worker.LeanContextSettings.Candidate;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the application's queues in a worker's context, injected as they are there.
 * Those that a source of the worker's context defines itself are not built:
 * {@link WorkerBeanDefinitions} gives them the same meaning.
 */
final class WorkerTaskQueuesRegistrar implements ImportBeanDefinitionRegistrar {

	private final WorkerQueues queues;

	WorkerTaskQueuesRegistrar(BeanFactory beanFactory) {
		this.queues = beanFactory.getBean(WorkerQueues.BEAN_NAME, WorkerQueues.class);
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		this.queues.candidates().forEach((name, candidate) -> {
			if (!registry.isBeanNameInUse(name)) {
				registry.registerBeanDefinition(name, definition(name, candidate));
			}
		});
	}

	private RootBeanDefinition definition(String name, Candidate candidate) {
		RootBeanDefinition definition = new RootBeanDefinition(TaskQueue.class, () -> this.queues.queue(name));
		definition.setPrimary(candidate == Candidate.PRIMARY);
		definition.setFallback(candidate == Candidate.FALLBACK);
		definition.setDestroyMethodName(""); // closed by the application
		definition.setLazyInit(true);
		return definition;
	}

}
