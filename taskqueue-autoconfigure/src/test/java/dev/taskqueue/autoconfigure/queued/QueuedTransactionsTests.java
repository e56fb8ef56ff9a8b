package dev.taskqueue.autoconfigure.queued;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.annotation.Queued;
import dev.taskqueue.annotation.QueuedResult;
import dev.taskqueue.autoconfigure.QueuedAutoConfiguration;
import dev.taskqueue.autoconfigure.TaskQueueAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Calls inside a transaction. */
class QueuedTransactionsTests {

	private static final List<String> ran = new ArrayList<>();

	private final TransactionTemplate transaction = new TransactionTemplate(new Transactions());

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskQueueAutoConfiguration.class, QueuedAutoConfiguration.class))
		.withPropertyValues("taskqueue.mode=inline", "taskqueue.worker.spring.enabled=true",
				"taskqueue.worker.spring.sources=" + QueuedMethodsTests.Nothing.class.getName())
		.withBean("invoices", Invoices.class, Invoices::new);

	@BeforeEach
	void forget() {
		ran.clear();
	}

	@Test
	void theTaskIsAddedWhenTheTransactionHasCommitted() {
		this.runner.run((context) -> {
			List<String> argument = new ArrayList<>(List.of("at the call"));
			this.transaction.executeWithoutResult((status) -> {
				context.getBean(Invoices.class).send(argument);
				argument.add("later");
				assertThat(context.getBean(TaskQueue.class).length()).isZero();
				assertThat(ran).isEmpty();
			});
			assertThat(ran).containsExactly("[at the call]");
		});
	}

	@Test
	void theTaskDoesNotFindTheTransactionThatIsOver() {
		this.runner.run((context) -> {
			CompletableFuture<Boolean> inside = this.transaction
				.execute((status) -> context.getBean(Invoices.class).isInATransaction());
			assertThat(inside).isCompletedWithValue(false);
		});
	}

	@Test
	void afterARollbackThereIsNoTask() {
		this.runner.run((context) -> {
			CompletableFuture<String> future = this.transaction.execute((status) -> {
				context.getBean(Invoices.class).send(List.of("never"));
				status.setRollbackOnly();
				return context.getBean(Invoices.class).report();
			});
			assertThat(ran).isEmpty();
			assertThat(context.getBean(TaskQueue.class).processed()).isZero();
			assertThat(future).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(TaskCancelledException.class)
				.withMessageContaining("invoices.report was not added")
				.withMessageContaining("rolled back");
		});
	}

	@Test
	void aFutureIsCompletedAfterTheCommitAndCannotBeWaitedForBefore() {
		this.runner.run((context) -> {
			AtomicReference<@Nullable CompletableFuture<String>> future = new AtomicReference<>();
			this.transaction.executeWithoutResult((status) -> {
				CompletableFuture<String> report = context.getBean(Invoices.class).report();
				future.set(report);
				assertThatIllegalStateException().isThrownBy(report::join).withMessageContaining("would never end");
				assertThatIllegalStateException().isThrownBy(report::get);
				assertThatIllegalStateException().isThrownBy(() -> report.get(1, TimeUnit.SECONDS));
				assertThat(report).isNotDone();
			});
			assertThat(future.get()).isCompletedWithValue("report");
		});
	}

	@Test
	void aHandleIsRefused() {
		this.runner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(Invoices.class).count())
				.withMessageContaining("there is no handle yet")
				.withMessageContaining("afterCommit = false"));
			assertThat(context.getBean(Invoices.class).count().join()).isEqualTo(42);
		});
	}

	@Test
	void argumentsThatCannotTravelAreRefusedAtTheCall() {
		this.runner.run((context) -> this.transaction
			.executeWithoutResult((status) -> assertThatExceptionOfType(TaskNotSerializableException.class)
				.isThrownBy(() -> context.getBean(Invoices.class).print("fine", List.of(new Object())))
				.withMessageContaining("argument 'things' holds a java.lang.Object")));
	}

	@Test
	void atOnceIfToldSo() {
		this.runner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				context.getBean(Invoices.class).sendAtOnce();
				assertThat(ran).containsExactly("at once");
				status.setRollbackOnly();
			});
			assertThat(context.getBean(TaskQueue.class).processed()).isOne();
		});
	}

	@Test
	void whatTheQueueRefusesTheCommittingCallerIsTold() {
		this.runner.withPropertyValues("taskqueue.max-payload=1KB").run((context) -> {
			List<String> large = List.of("x".repeat(2000));
			assertThatExceptionOfType(dev.taskqueue.PayloadTooLargeException.class).isThrownBy(() -> this.transaction
				.executeWithoutResult((status) -> context.getBean(Invoices.class).send(large)));
		});
	}

	static class Invoices {

		@Queued
		void send(List<String> what) {
			ran.add(what.toString());
		}

		@Queued(afterCommit = false)
		void sendAtOnce() {
			ran.add("at once");
		}

		@Queued
		CompletableFuture<String> report() {
			return CompletableFuture.completedFuture("report");
		}

		@Queued
		CompletableFuture<Boolean> isInATransaction() {
			return CompletableFuture.completedFuture(TransactionSynchronizationManager.isActualTransactionActive());
		}

		@Queued
		TaskHandle<Integer> count() {
			return QueuedResult.of(42);
		}

		@Queued
		void print(String text, List<Object> things) {
			ran.add(text);
		}

	}

	/** Without anything that takes part. */
	@SuppressWarnings("serial") // nobody writes it
	private static final class Transactions extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
