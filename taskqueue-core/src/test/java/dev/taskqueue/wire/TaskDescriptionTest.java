package dev.taskqueue.wire;

import java.io.Serializable;
import java.util.concurrent.Callable;

import dev.taskqueue.CallableTask;
import dev.taskqueue.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskDescriptionTest {

	/** Says what it is told to. */
	static final class Speaking implements Task {

		private final Callable<@Nullable String> text;

		Speaking(Callable<@Nullable String> text) {
			this.text = text;
		}

		@Override
		public void run() {
			// Never run
		}

		@Override
		@SuppressWarnings("NullAway") // may misbehave
		public String toString() {
			try {
				return this.text.call();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	record Send(String to) implements Task {

		@Override
		public void run() {
			// Never run
		}

	}

	/** Has no toString of its own. */
	static final class Silent implements Task {

		@Override
		public void run() {
			// Never run
		}

	}

	@Test
	void upToTwoHundredCharactersAreKept() {
		assertThat(TaskDescription.cut("")).isEmpty();
		assertThat(TaskDescription.cut("x".repeat(200))).hasSize(200);
		assertThat(TaskDescription.cut("x".repeat(201))).isEqualTo("x".repeat(200));
	}

	@Test
	void aCharacterOfTwoUnitsIsNotCutInHalf() {
		assertThat(TaskDescription.cut("x".repeat(199) + "🐛")).isEqualTo("x".repeat(199));
		assertThat(TaskDescription.cut("x".repeat(198) + "🐛")).isEqualTo("x".repeat(198) + "🐛");
		assertThat(TaskDescription.cut("x".repeat(198) + "🐛y")).isEqualTo("x".repeat(198) + "🐛");
	}

	@Test
	void aTasksOwnToStringIsCutAndTakenOnce() {
		StringBuilder text = new StringBuilder("y".repeat(300));
		Object description = TaskDescription.of(new Speaking(text::toString));
		text.setLength(0);
		assertThat(description).hasToString("y".repeat(200));
	}

	@Test
	void aRecordSaysWhatItHolds() {
		assertThat(TaskDescription.of(new Send("a@b"))).hasToString("Send[to=a@b]");
	}

	@Test
	void toStringThatThrowsOrReturnsNullIsUnknown() {
		assertUnknown(() -> {
			throw new IllegalStateException("oops");
		});
		assertUnknown(() -> null);
		assertUnknown(TaskDescriptionTest::recurse);
		assertUnknown(() -> {
			throw new NoClassDefFoundError("gone");
		});
	}

	@Test
	void toStringThatFailsAnAssertionIsUnknownToo() {
		assertUnknown(() -> {
			throw new AssertionError("oops");
		});
	}

	@Test
	void aLambdaIsItsClassAndMethod() {
		Task lambda = () -> {
		};
		assertThat(TaskDescription.of(lambda).toString()).startsWith(TaskDescriptionTest.class.getName() + "::lambda$");
		CallableTask<Integer> callable = () -> 1;
		assertThat(TaskDescription.of(callable).toString())
			.startsWith(TaskDescriptionTest.class.getName() + "::lambda$");
	}

	@Test
	void aMethodReferenceIsTheMethod() {
		CallableTask<Integer> reference = "four"::length;
		assertThat(TaskDescription.of(reference)).hasToString("java.lang.String::length");
		Task own = TaskDescriptionTest::doNothing;
		assertThat(TaskDescription.of(own)).hasToString(TaskDescriptionTest.class.getName() + "::doNothing");
	}

	@Test
	void twoLambdasOfOneInterfaceAreToldApart() {
		Task first = TaskDescriptionTest::doNothing;
		Task second = TaskDescriptionTest::recurse;
		assertThat(TaskDescription.of(first).toString()).isNotEqualTo(TaskDescription.of(second).toString());
	}

	@Test
	void anObjectWithoutToStringIsWhatTheJdkSays() {
		Silent task = new Silent();
		assertThat(TaskDescription.of(task))
			.hasToString(Silent.class.getName() + "@" + Integer.toHexString(System.identityHashCode(task)));
	}

	@Test
	void anEnumIsItsName() {
		assertThat(TaskDescription.of(java.util.concurrent.TimeUnit.DAYS)).hasToString("DAYS");
	}

	@Test
	void theDescriptionDoesNotHoldTheTask() {
		Serializable task = new Silent();
		assertThat(TaskDescription.of(task)).hasNoNullFieldsOrProperties()
			.extracting(Object::getClass)
			.isNotEqualTo(Silent.class);
	}

	private static void assertUnknown(Callable<@Nullable String> text) {
		assertThat(TaskDescription.of(new Speaking(text))).hasToString("(unknown)");
	}

	private static void doNothing() {
		// As it says
	}

	@SuppressWarnings("InfiniteRecursion") // on purpose
	private static String recurse() {
		return recurse();
	}

}
