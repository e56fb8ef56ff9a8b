package dev.taskqueue.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.taskqueue.CrashReason;
import dev.taskqueue.CrashReport;
import dev.taskqueue.QueueState;
import dev.taskqueue.RunningTask;
import dev.taskqueue.TaskProgress;
import dev.taskqueue.TaskQueueSnapshot;
import dev.taskqueue.WorkerCrash;
import dev.taskqueue.WorkerSnapshot;
import dev.taskqueue.WorkerState;
import dev.taskqueue.autoconfigure.TaskQueueEndpoint.CrashDescriptor;
import dev.taskqueue.autoconfigure.TaskQueueEndpoint.ProgressDescriptor;
import dev.taskqueue.autoconfigure.TaskQueueEndpoint.RunningTaskDescriptor;
import dev.taskqueue.autoconfigure.TaskQueueEndpoint.TaskQueueDescriptor;
import dev.taskqueue.autoconfigure.TaskQueueEndpoint.WorkerDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;

class TaskQueueEndpointTests {

	private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789123Z");

	private final StubTaskQueue queue = new StubTaskQueue();

	@Test
	void countsAreThoseOfTheSnapshot() {
		this.queue.snapshot = new TaskQueueSnapshot("any", QueueState.PAUSED, 1, 2, 3, 4, 5, 6, 7, 8, List.of(),
				List.of());
		assertThat(endpoint(Show.NEVER).queue("mail"))
			.isEqualTo(new TaskQueueDescriptor(QueueState.PAUSED, 6, 30, 2, 3, 1, 4, 5, 6, 7, 8, List.of(), List.of()));
	}

	@Test
	void totalsAreSumsOverAllQueues() {
		TaskQueueEndpoint endpoint = new TaskQueueEndpoint(
				Map.of("one", StubTaskQueue.of(1, 20), "two", StubTaskQueue.of(3, 40)), Show.NEVER);
		assertThat(endpoint.queues().length()).isEqualTo(4);
		assertThat(endpoint.queues().processed()).isEqualTo(60);
		assertThat(endpoint.queues().queues()).containsOnlyKeys("one", "two");
	}

	@Test
	void anUnknownQueueIsNone() {
		assertThat(endpoint(Show.NEVER).queue("other")).isNull();
	}

	@Test
	void aWorkerWithoutProcessOrTaskHasNeither() {
		workers(new WorkerSnapshot(-1, WorkerState.STARTING, 0, NOW, null));
		assertThat(worker(Show.ALWAYS)).isEqualTo(new WorkerDescriptor(null, WorkerState.STARTING, 0, NOW, null));
	}

	@Test
	void aRunningTaskIsShownWithItsTime() {
		workers(busy(NOW.minusMillis(61_500)));
		assertThat(worker(Show.ALWAYS)).isEqualTo(new WorkerDescriptor(4711L, WorkerState.BUSY, 9, NOW,
				new RunningTaskDescriptor(12, "Invoice\\u000afor Smith", Duration.ofMillis(61_500),
						new ProgressDescriptor(0.5, "page\\u000a7"))));
	}

	@Test
	void crashesAreShownWithoutTheWordsOfTasks() {
		CrashReport report = new CrashReport(CrashReason.KILLED, 4711, 137, "SIGKILL", Duration.ofMillis(1500), 3,
				List.of("Smith\u0007"), null, "by somebody");
		this.queue.snapshot = new TaskQueueSnapshot("any", QueueState.RUNNING, 0, 0, 0, 0, 0, 0, 0, 0, List.of(),
				List.of(new WorkerCrash(NOW, 12L, report)));
		assertThat(crash(Show.NEVER)).isEqualTo(new CrashDescriptor(NOW, 4711L, CrashReason.KILLED, 137, "SIGKILL",
				"by somebody", Duration.ofMillis(1500), 3, 12L, null));
		assertThat(crash(Show.ALWAYS).stderr()).containsExactly("Smith\\u0007");
	}

	@ParameterizedTest
	@CsvSource({ "NEVER, false", "ALWAYS, true" })
	void nothingATaskHasASayInIsShownUnlessAllowed(Show show, boolean shown) {
		this.queue.snapshot = SecretSnapshot.of(1, 2);
		String all = JsonMapper.shared().writeValueAsString(endpoint(show).queues());
		assertThat(all).contains("com.acme.Invoice".repeat(shown ? 0 : 1));
		assertThat(all.contains("SECRET")).isEqualTo(shown);
		assertThat(JsonMapper.shared().writeValueAsString(endpoint(show).queue("mail")).contains("SECRET"))
			.isEqualTo(shown);
	}

	@Test
	void aClockSetBackDoesNotMakeTimesNegative() {
		workers(busy(NOW.plusSeconds(5)));
		assertThat(task(Show.NEVER).runningFor()).isZero();
	}

	@Test
	void whereNobodyCanBeAskedForARoleValuesAreShownUnlessNever() {
		workers(busy(NOW));
		assertThat(task(Show.NEVER).description()).isEqualTo("com.acme.Invoice");
		assertThat(task(Show.NEVER).progress()).isEqualTo(new ProgressDescriptor(0.5, null));
		assertThat(task(Show.WHEN_AUTHORIZED).description()).startsWith("Invoice");
		assertThat(task(Show.ALWAYS).description()).startsWith("Invoice");
	}

	private void workers(WorkerSnapshot... workers) {
		this.queue.snapshot = StubTaskQueue.snapshot(QueueState.RUNNING, 0, 0, workers);
	}

	private static WorkerSnapshot busy(Instant taskStartedAt) {
		return new WorkerSnapshot(4711, WorkerState.BUSY, 9, NOW, new RunningTask(12, "Invoice\nfor Smith",
				"com.acme.Invoice", 1, taskStartedAt, new TaskProgress(0.5, "page\n7")));
	}

	private TaskQueueEndpoint endpoint(Show show) {
		return new TaskQueueEndpoint(Map.of("mail", this.queue), show, Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private CrashDescriptor crash(Show show) {
		return endpoint(show).queues().queues().values().iterator().next().crashes().get(0);
	}

	private WorkerDescriptor worker(Show show) {
		return endpoint(show).queues().queues().values().iterator().next().workers().get(0);
	}

	private RunningTaskDescriptor task(Show show) {
		RunningTaskDescriptor task = worker(show).task();
		return Objects.requireNonNull(task);
	}

}
