package dev.taskqueue.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.taskqueue.QueueState;
import dev.taskqueue.TaskQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three contexts of Spring's test context cache used by turns, as test classes with
 * different settings use them: the cache keeps all, and pauses those not in use. What
 * {@code SpringExtension} does for a class is done here by hand, in a fixed order.
 */
@Timeout(300)
class CachedContextsIT {

	private final Map<Class<?>, ApplicationContext> contexts = new HashMap<>();

	private final Map<Class<?>, List<Long>> workers = new HashMap<>();

	@Test
	void contextsByTurnsHaveWorkersOnlyWhileTheyAreInUse() throws Exception {
		List<Class<?>> classes = List.of(First.class, Second.class, Third.class);
		for (int round = 0; round < 3; round++) {
			for (Class<?> testClass : classes) {
				runIn(testClass);
			}
		}
		assertThat(this.workers.values()).hasSize(3).allSatisfy((pids) -> assertThat(pids).doesNotHaveDuplicates());
		assertThat(this.contexts.values()).doesNotHaveDuplicates()
			.allSatisfy((context) -> assertThat(context.getBean(TaskQueue.class).processed()).isEqualTo(3));
	}

	private void runIn(Class<?> testClass) throws Exception {
		TestContextManager manager = new TestContextManager(testClass);
		manager.beforeTestClass();
		ApplicationContext context = manager.getTestContext().getApplicationContext();
		assertThat(this.contexts.computeIfAbsent(testClass, (type) -> context)).as("cached").isSameAs(context);
		TaskQueue queue = context.getBean(TaskQueue.class);
		long worker = queue.submit(() -> ProcessHandle.current().pid()).join();
		this.workers.computeIfAbsent(testClass, (type) -> new ArrayList<>()).add(worker);
		this.contexts.forEach((owner, other) -> assertThat(other.getBean(TaskQueue.class).snapshot().state())
			.isEqualTo((owner == testClass) ? QueueState.RUNNING : QueueState.TERMINATED));
		this.workers.forEach((owner, pids) -> assertThat(pids)
			.filteredOn((pid) -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
			.isEqualTo((owner == testClass) ? List.of(worker) : List.of()));
		manager.afterTestClass();
	}

	@SpringBootTest(properties = { "name=first", "taskqueue.worker-count=1" })
	@ContextConfiguration(classes = Application.class)
	static class First {

	}

	@SpringBootTest(properties = { "name=second", "taskqueue.worker-count=1" })
	@ContextConfiguration(classes = Application.class)
	static class Second {

	}

	@SpringBootTest(properties = { "name=third", "taskqueue.worker-count=1" })
	@ContextConfiguration(classes = Application.class)
	static class Third {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
