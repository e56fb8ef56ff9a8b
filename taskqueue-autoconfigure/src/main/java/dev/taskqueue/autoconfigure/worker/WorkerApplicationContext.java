package dev.taskqueue.autoconfigure.worker;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.ResolvableType;

/**
 * A context that does not say that it has been refreshed: to listeners of the application
 * this is a sign to begin something. Other events are as everywhere.
 */
final class WorkerApplicationContext extends AnnotationConfigApplicationContext {

	@Override
	protected void publishEvent(Object event, @Nullable ResolvableType typeHint) {
		if (!(event instanceof ContextRefreshedEvent refreshed && refreshed.getApplicationContext() == this)) {
			super.publishEvent(event, typeHint);
		}
	}

}
