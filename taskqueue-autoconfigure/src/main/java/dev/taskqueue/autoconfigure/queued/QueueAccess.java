package dev.taskqueue.autoconfigure.queued;

import java.util.function.Predicate;

import dev.taskqueue.TaskQueue;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * The queues that {@link dev.taskqueue.annotation.Queued} names. Thread-safe.
 */
public final class QueueAccess {

	private static final String DEFAULT = "taskQueue";

	private final ListableBeanFactory beanFactory;

	private final Predicate<String> withoutBeans;

	/**
	 * Create the access.
	 * @param beanFactory where the queues are
	 * @param withoutBeans whether the workers of a queue are known to have no beans
	 */
	public QueueAccess(ListableBeanFactory beanFactory, Predicate<String> withoutBeans) {
		this.beanFactory = beanFactory;
		this.withoutBeans = withoutBeans;
	}

	/**
	 * Find a queue.
	 * @param name the name of its bean, empty for the one that is injected without
	 * @return the queue
	 */
	TaskQueue get(String name) {
		return StringUtils.hasText(name) ? this.beanFactory.getBean(name, TaskQueue.class)
				: this.beanFactory.getBean(TaskQueue.class);
	}

	/**
	 * See, without making a queue, whether it can take a method's calls.
	 * @param method the method
	 * @throws QueuedMethodException if there is no such queue, or its workers have no
	 * beans
	 */
	void check(QueuedMethod method) {
		String name = method.queue();
		String[] names = this.beanFactory.getBeanNamesForType(TaskQueue.class, true, false);
		if (StringUtils.hasText(name) ? !java.util.List.of(names).contains(name) : names.length == 0) {
			throw new QueuedMethodException(method.bean(), method.method(),
					"there is no queue '" + (StringUtils.hasText(name) ? name : DEFAULT) + "'",
					"Configure one under 'taskqueue.queues', or name one of: " + String.join(", ", names) + ".");
		}
		String queue = StringUtils.hasText(name) ? name : DEFAULT;
		if (this.withoutBeans.test(queue)) {
			throw new QueuedMethodException(method.bean(), method.method(),
					"the workers of queue '" + queue + "' have no beans",
					"Set taskqueue.worker.spring.enabled=true, or " + (queue.equals(DEFAULT) ? "name another queue."
							: "taskqueue.queues." + queue + ".worker.spring.enabled=true."));
		}
	}

}
