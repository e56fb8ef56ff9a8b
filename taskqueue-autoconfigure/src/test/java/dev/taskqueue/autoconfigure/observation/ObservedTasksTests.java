package dev.taskqueue.autoconfigure.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.taskqueue.QueueFullException;
import dev.taskqueue.TaskCancelledException;
import dev.taskqueue.TaskEvent;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskQueueListener;
import dev.taskqueue.TaskState;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObservedTasksTests {

	private static final TaskEvent.End SUCCEEDED = new TaskEvent.End(TaskState.SUCCEEDED, null);

	private static final TaskEvent.End CANCELLED = new TaskEvent.End(TaskState.CANCELLED,
			new TaskCancelledException("by the test"));

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final AtomicInteger open = new AtomicInteger();

	private final ObservedTasks observer = new ObservedTasks(this.registry, null, null);

	private final List<@Nullable Observation> current = new ArrayList<>();

	ObservedTasksTests() {
		this.registry.observationConfig().observationHandler(new OpenObservations(this.open));
	}

	@Test
	void anAddIsObservedWithTheTasksId() {
		follow();
		observations().hasNumberOfObservationsEqualTo(1)
			.hasObservationWithNameEqualTo("taskqueue.add")
			.that()
			.hasBeenStarted()
			.hasBeenStopped()
			.hasContextualNameEqualTo("add Invoice")
			.hasLowCardinalityKeyValue("queue", "mail")
			.hasLowCardinalityKeyValue("type", "com.acme.Invoice")
			.hasHighCardinalityKeyValue("taskqueue.task", "12")
			.doesNotHaveError();
	}

	@Test
	void whatHappensInTheAddHappensInTheObservation() {
		Observation request = Observation.start("request", this.registry);
		request.scoped(() -> {
			follow();
			assertThat(this.registry.getCurrentObservation()).isSameAs(request);
		});
		Observation add = Objects.requireNonNull(this.current.get(0));
		assertThat(add.getContextView().getName()).isEqualTo("taskqueue.add");
		assertThat(add.getContextView().getParentObservation()).isSameAs(request);
	}

	@Test
	void aRefusalIsAnError() {
		QueueFullException refusal = new QueueFullException("full");
		assertThatExceptionOfType(QueueFullException.class)
			.isThrownBy(() -> this.observer.observe("mail", "com.acme.Invoice", (follower) -> {
				throw refusal;
			}));
		observations().hasSingleObservationThat().hasBeenStopped().hasError(refusal);
	}

	@Test
	void aRunIsAChildOfItsAdd() {
		TaskQueueListener follower = follow();
		follower.taskStarted(event(1));
		assertThat(this.open).hasValue(1);
		follower.taskFinished(event(1), SUCCEEDED);
		assertThat(this.open).hasValue(0);
		observations().hasNumberOfObservationsEqualTo(2)
			.hasObservationWithNameEqualTo("taskqueue.run")
			.that()
			.hasBeenStopped()
			.hasContextualNameEqualTo("run Invoice")
			.hasLowCardinalityKeyValue("queue", "mail")
			.hasLowCardinalityKeyValue("type", "com.acme.Invoice")
			.hasLowCardinalityKeyValue("outcome", "succeeded")
			.hasHighCardinalityKeyValue("taskqueue.task", "12")
			.hasHighCardinalityKeyValue("taskqueue.attempt", "1")
			.hasHighCardinalityKeyValue("taskqueue.worker", "4711")
			.hasParentObservation()
			.doesNotHaveError();
	}

	@Test
	void everyAttemptIsARunOfItsOwnWithItsError() {
		TaskQueueListener follower = follow();
		follower.taskStarted(event(1));
		follower.taskRetried(event(1), CANCELLED, Duration.ZERO);
		assertThat(this.open).hasValue(0);
		follower.taskStarted(event(2));
		follower.taskFinished(event(2), SUCCEEDED);
		assertThat(this.open).hasValue(0);
		observations().hasNumberOfObservationsWithNameEqualTo("taskqueue.run", 2)
			.hasAnObservationWithAKeyValue("outcome", "cancelled")
			.hasAnObservationWithAKeyValue("outcome", "succeeded")
			.hasAnObservation((run) -> run.hasError(Objects.requireNonNull(CANCELLED.failure())));
	}

	@Test
	void aRunThatBeginsAnewElsewhereLeavesNothingOpen() {
		TaskQueueListener follower = follow();
		follower.taskStarted(event(1));
		follower.taskStarted(event(1));
		assertThat(this.open).hasValue(1);
		follower.taskFinished(event(1), SUCCEEDED);
		assertThat(this.open).hasValue(0);
		observations().hasAnObservationWithAKeyValue("outcome", "none")
			.hasAnObservationWithAKeyValue("outcome", "succeeded");
	}

	@Test
	void aTaskThatEndsWithoutARunHasNone() {
		follow().taskFinished(event(0), CANCELLED);
		observations().hasNumberOfObservationsEqualTo(1);
	}

	@Test
	void switchedOffNobodyFollowsATask() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("taskqueue."));
		observe(this.observer, (follower) -> assertThat(follower).isNull());
		observe(new ObservedTasks(ObservationRegistry.NOOP, null, null), (follower) -> assertThat(follower).isNull());
		observations().doesNotHaveAnyObservation();
	}

	@Test
	void conventionsOfTheApplicationsOwnAreUsed() {
		ObservedTasks own = new ObservedTasks(this.registry, new DefaultTaskAddObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(TaskAddObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("tenant", "acme");
			}

		}, new DefaultTaskRunObservationConvention() {

			@Override
			public String getName() {
				return "acme.run";
			}

		});
		observe(own, (follower) -> Objects.requireNonNull(follower).taskStarted(event(1)));
		observations().hasAnObservationWithAKeyValue("tenant", "acme").hasObservationWithNameEqualTo("acme.run");
	}

	@Test
	void documentedKeysAreThoseThatAreThere() {
		TaskQueueListener follower = follow();
		follower.taskStarted(event(1));
		follower.taskFinished(event(1), SUCCEEDED);
		for (TaskQueueObservationDocumentation documented : TaskQueueObservationDocumentation.values()) {
			observations().hasObservationWithNameEqualTo("taskqueue." + documented.name().toLowerCase(Locale.ROOT))
				.that()
				.hasSubsetOfKeys(
						Stream.of(documented.getLowCardinalityKeyNames(), documented.getHighCardinalityKeyNames())
							.flatMap(Stream::of)
							.map(KeyName::asString)
							.toArray(String[]::new));
		}
	}

	@Test
	void typesHaveShortNames() {
		assertThat(TypeName.simple("com.acme.Invoice")).isEqualTo("Invoice");
		assertThat(TypeName.simple("com.acme.Mail$Send")).isEqualTo("Send");
		assertThat(TypeName.simple("Top")).isEqualTo("Top");
		assertThat(TypeName.simple("com.acme.Reports$$Lambda")).isEqualTo("Reports lambda");
	}

	private TaskQueueListener follow() {
		List<TaskQueueListener> followers = new ArrayList<>();
		observe(this.observer, (follower) -> followers.add(Objects.requireNonNull(follower)));
		return followers.get(0);
	}

	private void observe(ObservedTasks with, Consumer<@Nullable TaskQueueListener> adding) {
		Function<@Nullable TaskQueueListener, TaskHandle<String>> add = (follower) -> {
			adding.accept(follower);
			this.current.add(this.registry.getCurrentObservation());
			return new AddedTask();
		};
		assertThat(with.observe("mail", "com.acme.Invoice", add).id()).isEqualTo(12);
	}

	private TestObservationRegistryAssert observations() {
		return TestObservationRegistryAssert.assertThat(this.registry);
	}

	private static TaskEvent event(int attempt) {
		return new TaskEvent("mail", 12, "Invoice for Smith", "com.acme.Invoice", attempt, 4711, Duration.ZERO,
				Duration.ZERO);
	}

	/** Counts what is started and not stopped. */
	private record OpenObservations(AtomicInteger open) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			this.open.incrementAndGet();
		}

		@Override
		public void onStop(Observation.Context context) {
			this.open.decrementAndGet();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	/** A task that was just added. */
	private static final class AddedTask implements TaskHandle<String> {

		@Override
		public long id() {
			return 12;
		}

		@Override
		public TaskState state() {
			return TaskState.WAITING;
		}

		@Override
		public String join() {
			throw new UnsupportedOperationException();
		}

		@Override
		public String join(Duration timeout) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<String> result() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean cancel() {
			throw new UnsupportedOperationException();
		}

	}

}
