package dev.taskqueue.worker;

import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanSource;
import dev.taskqueue.NoWorkerContextException;

/**
 * The beans of a worker without a context. The door lets no task come here that needs
 * one.
 */
final class NoBeans implements BeanSource {

	@Override
	public <B> B getBean(BeanRef<B> bean) {
		throw new NoWorkerContextException("There is no " + bean + ": this worker has no context");
	}

}
