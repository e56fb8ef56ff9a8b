package dev.taskqueue.autoconfigure.worker;

import java.util.Objects;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Tells the two sides apart by what a worker puts into its context first of all.
 */
final class OnWorkerCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean wanted = metadata.getAnnotations().get(ConditionalOnWorker.class).getBoolean("value");
		ConfigurableListableBeanFactory beanFactory = Objects.requireNonNull(context.getBeanFactory());
		boolean found = beanFactory.containsSingleton(WorkerQueues.BEAN_NAME);
		return new ConditionOutcome(wanted == found, ConditionMessage.forCondition(ConditionalOnWorker.class)
			.because(found ? "this is a worker" : "this is no worker"));
	}

}
