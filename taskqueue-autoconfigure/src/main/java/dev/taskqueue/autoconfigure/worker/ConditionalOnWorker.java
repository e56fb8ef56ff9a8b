package dev.taskqueue.autoconfigure.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches in the context of a worker process, or only in the application's own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnWorkerCondition.class)
public @interface ConditionalOnWorker {

	/**
	 * Where it matches.
	 * @return {@code true}: in workers, {@code false}: in the application
	 */
	boolean value() default true;

}
