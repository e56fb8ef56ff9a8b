package dev.taskqueue.test;

import java.util.Map;
import java.util.NoSuchElementException;

import dev.taskqueue.BeanRef;
import dev.taskqueue.BeanSource;
import dev.taskqueue.NoWorkerContextException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Bean tasks in the calling thread.
 */
class InlineTaskQueueBeansTest {

	private final StringBuilder bean = new StringBuilder();

	/** Finds text of the name it is asked for. */
	private static final class Names implements BeanSource {

		@Override
		public <B> B getBean(BeanRef<B> bean) {
			return bean.type().cast("the " + bean.name());
		}

	}

	@Test
	void taskUsesTheVeryBeanTheQueueWasGiven() {
		try (InlineTaskQueue queue = InlineTaskQueue.create().withBean(StringBuilder.class, this.bean)) {
			int answer = 42;
			queue.add(StringBuilder.class, (text) -> text.append(answer)).join();
			assertThat(queue.submit(StringBuilder.class, StringBuilder::length).join()).isEqualTo(2);
		}
		assertThat(this.bean).hasToString("42");
	}

	@Test
	void namedBeanIsFoundByItsNameOnly() {
		BeanRef<CharSequence> named = BeanRef.of(CharSequence.class, "first");
		try (InlineTaskQueue queue = InlineTaskQueue.create().withBean(named, "one")) {
			assertThat(queue.submit(named, CharSequence::length).join()).isEqualTo(3);
			TaskHandle<Integer> unnamed = queue.submit(CharSequence.class, CharSequence::length);
			assertThatExceptionOfType(TaskFailedException.class).isThrownBy(unnamed::join)
				.withMessageContaining(NoSuchElementException.class.getName())
				.withMessageContaining("There is no bean of type java.lang.CharSequence")
				.withMessageContaining("bean 'first' of type java.lang.CharSequence");
		}
	}

	@Test
	void builderNamesASourceForAllOthers() {
		try (InlineTaskQueue queue = InlineTaskQueue.create((builder) -> builder.beans(new Names()))
			.withBean(BeanRef.of(String.class, "own"), "mine")) {
			assertThat(queue.submit(BeanRef.of(String.class, "own"), String::toString).join()).isEqualTo("mine");
			assertThat(queue.submit(BeanRef.of(String.class, "other"), String::toString).join()).isEqualTo("the other");
		}
	}

	@Test
	void taskIsCalledAsOtherLambdasAre() {
		try (InlineTaskQueue queue = InlineTaskQueue.create().withBean(StringBuilder.class, this.bean)) {
			assertThat(queue.add(StringBuilder.class, (text) -> text.append(1)).toString())
				.contains("'" + getClass().getName() + "::lambda$taskIsCalledAsOtherLambdasAre");
			assertThat(queue.add(StringBuilder.class, StringBuilder::reverse).toString())
				.contains("'java.lang.StringBuilder::reverse'");
		}
	}

	@Test
	void optionsHold() {
		try (InlineTaskQueue queue = InlineTaskQueue.create().withBean(StringBuilder.class, this.bean)) {
			TaskHandle<?> failing = queue.add(StringBuilder.class, (text) -> text.append("x").charAt(99),
					TaskOptions.defaults().maxAttempts(3));
			assertThatExceptionOfType(TaskFailedException.class).isThrownBy(failing::join);
		}
		assertThat(this.bean).hasToString("xxx");
	}

	@Test
	void queueWithoutBeansRefusesAtTheDoor() {
		try (InlineTaskQueue queue = InlineTaskQueue.create()) {
			assertThatExceptionOfType(NoWorkerContextException.class)
				.isThrownBy(() -> queue.add(StringBuilder.class, StringBuilder::reverse))
				.withMessageContaining("withBean");
			assertThat(queue.length() + queue.processed()).isZero();
		}
	}

	@Test
	void captureThatIsNotSerializableIsRefusedByItsPath() {
		Object captured = new Object();
		try (InlineTaskQueue queue = InlineTaskQueue.create().withBean(StringBuilder.class, this.bean)) {
			assertThatExceptionOfType(TaskNotSerializableException.class)
				.isThrownBy(() -> queue.add(StringBuilder.class, (text) -> text.append(captured)))
				.withMessageContaining("java.lang.Object is not serializable (at " + getClass().getName() + "$$Lambda")
				.withMessageNotContaining("BeanCall");
		}
	}

	@Test
	void processModeRefusesAtTheDoorAndSaysWhatToConfigure() {
		try (TaskQueue queue = TaskQueue.builder().build()) {
			assertThatExceptionOfType(NoWorkerContextException.class)
				.isThrownBy(() -> queue.add(StringBuilder.class, StringBuilder::reverse))
				.withMessageContaining("taskqueue.worker.spring.enabled")
				.withMessageContaining("Builder.workerContext");
			assertThat(queue.length()).isZero();
		}
	}

	@Test
	void contextTakesNoMoreValuesThanFitAFrame() {
		String half = "x".repeat(300_000);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TaskQueue.builder().workerContext(Map.of("a", half, "b", half)))
			.withMessageContaining("500000 characters");
	}

}
