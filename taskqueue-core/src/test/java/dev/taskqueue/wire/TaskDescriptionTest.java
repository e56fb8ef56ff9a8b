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
		Object kept = TaskDescription.of(new Speaking(text::toString));
		text.setLength(0);
		assertThat(TaskDescription.text(kept)).isEqualTo("y".repeat(200));
	}

	@Test
	void aRecordSaysWhatItHolds() {
		assertThat(TaskDescription.text(TaskDescription.of(new Send("a@b")))).hasToString("Send[to=a@b]");
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
		assertThat(TaskDescription.text(TaskDescription.of(lambda)))
			.startsWith(TaskDescriptionTest.class.getName() + "::lambda$");
		CallableTask<Integer> callable = () -> 1;
		assertThat(TaskDescription.text(TaskDescription.of(callable)))
			.startsWith(TaskDescriptionTest.class.getName() + "::lambda$");
	}

	@Test
	void aMethodReferenceIsTheMethod() {
		CallableTask<Integer> reference = "four"::length;
		assertThat(TaskDescription.text(TaskDescription.of(reference))).hasToString("java.lang.String::length");
		Task own = TaskDescriptionTest::doNothing;
		assertThat(TaskDescription.text(TaskDescription.of(own)))
			.hasToString(TaskDescriptionTest.class.getName() + "::doNothing");
	}

	@Test
	void twoLambdasOfOneInterfaceAreToldApart() {
		Task first = TaskDescriptionTest::doNothing;
		Task second = TaskDescriptionTest::recurse;
		assertThat(TaskDescription.text(TaskDescription.of(first)))
			.isNotEqualTo(TaskDescription.text(TaskDescription.of(second)));
	}

	@Test
	void anObjectWithoutToStringIsWhatTheJdkSays() {
		Silent task = new Silent();
		assertThat(TaskDescription.text(TaskDescription.of(task)))
			.hasToString(Silent.class.getName() + "@" + Integer.toHexString(System.identityHashCode(task)));
	}

	@Test
	void anyCharacterIsKept() {
		for (String text : new String[] { "plain", "na\u00efve \u00ff", "\u0100", "\u65e5\u672c\u8a9e \ud83d\udc1b",
				"" }) {
			assertThat(TaskDescription.text(TaskDescription.of(new Speaking(() -> text)))).isEqualTo(text);
		}
	}

	@Test
	void anEnumIsItsName() {
		assertThat(TaskDescription.text(TaskDescription.of(java.util.concurrent.TimeUnit.DAYS))).hasToString("DAYS");
	}

	@Test
	void theDescriptionDoesNotHoldTheTask() {
		Serializable task = new Silent();
		assertThat(TaskDescription.of(task)).hasNoNullFieldsOrProperties()
			.extracting(Object::getClass)
			.isNotEqualTo(Silent.class);
	}

	private static void assertUnknown(Callable<@Nullable String> text) {
		assertThat(TaskDescription.text(TaskDescription.of(new Speaking(text)))).isEqualTo("(unknown)");
	}

	private static void doNothing() {
		// As it says
	}

	@SuppressWarnings("InfiniteRecursion") // on purpose
	private static String recurse() {
		return recurse();
	}

}
