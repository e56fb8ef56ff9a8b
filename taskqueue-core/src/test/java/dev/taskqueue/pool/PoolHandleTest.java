package dev.taskqueue.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.taskqueue.JoinInterruptedException;
import dev.taskqueue.JoinTimeoutException;
import dev.taskqueue.ResultUnreadableException;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskState;
import dev.taskqueue.TimeLimit;
import dev.taskqueue.wire.PayloadException;
import dev.taskqueue.wire.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PoolHandleTest {

	private final List<PoolTask> cancelled = new ArrayList<>();

	private final List<Runnable> callbacks = new ArrayList<>();

	private final PoolHandle.Context context = new PoolHandle.Context("mail", this.callbacks::add, this.cancelled::add,
			null);

	private final PoolHandle<@Nullable Object> handle = new PoolHandle<>(this.context, 7, "send\nit",
			PoolHandleTest.class, null, TaskState.WAITING);

	@Test
	void joinReturnsTheResult() throws Exception {
		succeed(List.of("a", "b"));
		assertThat(this.handle.join()).isEqualTo(List.of("a", "b"));
		assertThat(this.handle.state()).isEqualTo(TaskState.SUCCEEDED);
	}

	@Test
	void joinReturnsNullForNoBytes() throws Exception {
		succeed(null);
		assertThat(this.handle.join()).isNull();
		assertThat(this.handle.join(Duration.ZERO)).isNull();
	}

	@Test
	void theResultIsReadOnceAndItsBytesAreForgotten() throws Exception {
		Outcome.Succeeded outcome = succeed(new ArrayList<>(List.of("a")));
		Object first = this.handle.join();
		assertThat(this.handle.join()).isSameAs(first);
		assertThat(result()).isSameAs(first);
		assertThat(outcome.payload()).isEmpty();
	}

	@Test
	void joinThrowsTheFailureAnewForEveryCaller() {
		this.handle.move(TaskState.RUNNING);
		this.handle.finish(new Outcome.Failed("E", "m", "t"));
		TaskFailedException first = catchThrowableOfType(TaskFailedException.class, this.handle::join);
		TaskFailedException second = catchThrowableOfType(TaskFailedException.class, this.handle::join);
		assertThat(first).isNotSameAs(second);
		assertThat(first).hasMessage("Task 7 'send\\u000ait' of queue 'mail' failed: E: m");
	}

	@Test
	void joinTooLongIsToldAndTheTaskGoesOn() throws Exception {
		assertThatExceptionOfType(JoinTimeoutException.class).isThrownBy(() -> this.handle.join(Duration.ofNanos(1)))
			.withMessage("Waited PT0.000000001S for task 7 'send\\u000ait' of queue 'mail', which is WAITING; "
					+ "the task goes on, and join() can be called again");
		succeed("late");
		assertThat(this.handle.join(Duration.ZERO)).isEqualTo("late");
	}

	@Test
	void anInterruptedJoinKeepsTheFlagAndTheTaskGoesOn() throws Exception {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(JoinInterruptedException.class).isThrownBy(this.handle::join);
		assertThat(Thread.interrupted()).isTrue();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(JoinInterruptedException.class)
			.isThrownBy(() -> this.handle.join(Duration.ofSeconds(10)))
			.withMessageContaining("which is WAITING");
		assertThat(Thread.interrupted()).isTrue();
		succeed("late");
		assertThat(this.handle.join()).isEqualTo("late");
	}

	@Test
	void joinWithAnEndlessTimeoutWaits() throws Exception {
		succeed("done");
		assertThat(this.handle.join(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("done");
	}

	@Test
	void theFutureCompletesOnACallbackThread() throws Exception {
		CompletableFuture<@Nullable Object> future = this.handle.result();
		succeed("done");
		assertThat(future).isNotDone();
		runCallbacks();
		assertThat(future).isCompletedWithValue("done");
	}

	@Test
	void futuresAreIndependentOfEachOtherAndOfTheTask() throws Exception {
		CompletableFuture<@Nullable Object> first = this.handle.result();
		CompletableFuture<@Nullable Object> second = this.handle.result();
		first.cancel(true);
		assertThat(this.handle.state()).isEqualTo(TaskState.WAITING);
		assertThat(this.cancelled).isEmpty();
		succeed("done");
		runCallbacks();
		assertThat(second).isCompletedWithValue("done");
		second.obtrudeValue("other");
		assertThat(this.handle.join()).isEqualTo("done");
	}

	@Test
	void theFutureFailsWithWhatJoinThrows() {
		CompletableFuture<@Nullable Object> future = this.handle.result();
		List<Throwable> seen = new ArrayList<>();
		CompletableFuture<@Nullable Object> unused = future.whenComplete((value, failure) -> seen.add(failure));
		this.handle.finish(new Outcome.Cancelled("while it waited"));
		runCallbacks();
		assertThat(seen).singleElement().isInstanceOf(TaskCancelledException.class);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get)
			.withCauseInstanceOf(TaskCancelledException.class);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(future::join)
			.withCauseInstanceOf(TaskCancelledException.class);
	}

	@Test
	void aFutureAskedForAfterTheEndCompletesToo() throws Exception {
		succeed("done");
		assertThat(result()).isEqualTo("done");
	}

	@Test
	void aResultOfAClassThatIsNotAcceptedIsUnreadableAndNamed() throws Exception {
		this.handle.move(TaskState.RUNNING);
		this.handle.finish(new Outcome.Succeeded(Payloads.write(java.util.regex.Pattern.compile("a"), 1 << 20)));
		assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(this.handle::join)
			.withMessage("The result of task 7 'send\\u000ait' of queue 'mail' cannot be read: it holds a "
					+ "java.util.regex.Pattern, which is not accepted from workers; declare it with "
					+ "TaskOptions.resultType, or allow it with taskqueue.result-filter");
		assertThat(this.handle.state()).isEqualTo(TaskState.SUCCEEDED);
		assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(this.handle::join);
	}

	@Test
	void aResultThatIsNoObjectIsUnreadable() {
		this.handle.move(TaskState.RUNNING);
		this.handle.finish(new Outcome.Succeeded(new byte[] { 1, 2, 3 }));
		assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(this.handle::join);
	}

	@Test
	void cancelIsARequestUntilTheTaskIsFinal() {
		PoolTask task = new PoolTask(this.handle, TaskSpec.of(TaskOptions.defaults()), false, Map.of(), new byte[0], 0);
		this.handle.pending(task);
		assertThat(this.handle.cancel()).isTrue();
		assertThat(this.cancelled).containsExactly(task);
		assertThat(this.handle.state()).isEqualTo(TaskState.WAITING);
		this.handle.finish(new Outcome.Cancelled("while it waited"));
		assertThat(this.handle.cancel()).isFalse();
		assertThat(this.cancelled).hasSize(1);
	}

	@Test
	void finalIsFinal() {
		this.handle.finish(new Outcome.TimedOut(TimeLimit.QUEUE_TIMEOUT, Duration.ofSeconds(1), null));
		assertThatIllegalStateException().isThrownBy(() -> this.handle.finish(new Outcome.Cancelled("again")));
		assertThatIllegalStateException().isThrownBy(() -> this.handle.move(TaskState.RUNNING));
		assertThat(this.handle.state()).isEqualTo(TaskState.TIMED_OUT);
	}

	@Test
	void aTaskThatDidNotRunCannotSucceed() {
		assertThatIllegalStateException().isThrownBy(() -> this.handle.finish(new Outcome.Succeeded(new byte[0])))
			.withMessage("task 7 'send\\u000ait' of queue 'mail' cannot go from WAITING to SUCCEEDED");
	}

	@Test
	void moveDoesNotEnterAFinalState() {
		assertThatIllegalStateException().isThrownBy(() -> this.handle.move(TaskState.CANCELLED));
	}

	private Outcome.Succeeded succeed(@Nullable Object value) throws PayloadException {
		Outcome.Succeeded outcome = new Outcome.Succeeded(Payloads.write(value, 1 << 20));
		this.handle.move(TaskState.RUNNING);
		this.handle.finish(outcome);
		return outcome;
	}

	private @Nullable Object result() throws Exception {
		CompletableFuture<@Nullable Object> future = this.handle.result();
		runCallbacks();
		return future.get();
	}

	private void runCallbacks() {
		List.copyOf(this.callbacks).forEach(Runnable::run);
		this.callbacks.clear();
	}

}
