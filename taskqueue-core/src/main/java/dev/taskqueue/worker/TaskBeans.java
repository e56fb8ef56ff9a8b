package dev.taskqueue.worker;

import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanSource;
import dev.taskqueue.NoWorkerContextException;

/**
 * The beans of a worker's tasks, and what becomes of them when it leaves.
 */
interface TaskBeans extends BeanSource {

	/**
	 * There are none: the door lets no task come here that needs one.
	 */
	TaskBeans NONE = new TaskBeans() {

		@Override
		public <B> B getBean(BeanRef<B> bean) {
			throw new NoWorkerContextException("There is no " + bean + ": this worker has no context");
		}

		@Override
		public boolean close() {
			return true;
		}

	};

	/**
	 * The last task is done. Waits no longer than it may.
	 * @return whether everything has ended
	 */
	boolean close();

}
