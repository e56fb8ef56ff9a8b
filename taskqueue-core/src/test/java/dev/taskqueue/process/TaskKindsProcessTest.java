package dev.taskqueue.process;

import java.io.File;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.tools.ToolProvider;

import dev.taskqueue.CallableTask;
import dev.taskqueue.PayloadTooLargeException;
import dev.taskqueue.ResultUnreadableException;
import dev.taskqueue.Task;
import dev.taskqueue.TaskFailedException;
import dev.taskqueue.TaskHandle;
import dev.taskqueue.TaskNotSerializableException;
import dev.taskqueue.TaskOptions;
import dev.taskqueue.TaskQueue;
import dev.taskqueue.WorkerOptions;
import dev.taskqueue.fixture.NoLeftovers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What can be a task, a result and a failure.
 */
@ExtendWith(NoLeftovers.class)
class TaskKindsProcessTest {

	/** Not serializable, and in a field of a field of a task. */
	static class Connection {

	}

	record Settings(Connection connection) implements Serializable {
	}

	record Broken(Settings settings) implements Task {

		@Override
		public void run() {
			throw new AssertionError("cannot be sent");
		}

	}

	record Sum(List<Integer> numbers) implements CallableTask<Integer> {

		@Override
		public Integer call() {
			return this.numbers.stream().mapToInt(Integer::intValue).sum();
		}

	}

	static final class Shout implements CallableTask<String> {

		private final String text;

		Shout(String text) {
			this.text = text;
		}

		@Override
		public String call() {
			return this.text.toUpperCase(java.util.Locale.ROOT);
		}

	}

	record Report(LocalDate day, Map<String, List<Double>> figures) implements Serializable {
	}

	@Test
	void lambdaRecordAndClassRun() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			int captured = 7;
			assertThat(queue.submit(() -> captured * 6).join()).isEqualTo(42);
			assertThat(queue.submit(new Sum(List.of(1, 2, 3))).join()).isEqualTo(6);
			assertThat(queue.submit(new Shout("hello")).join()).isEqualTo("HELLO");
			assertThat(queue.<String>submit(String::new).join()).isEmpty();
			assertThat(queue.submit(() -> null).join()).isNull();
			assertThat(queue.submit(() -> int.class).join()).isEqualTo(int.class);
		}
	}

	@Test
	void resultIsReadOnceAndSharedByAllWhoAsk() throws Exception {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<Report> handle = queue
				.submit(() -> new Report(LocalDate.of(2026, 1, 2), Map.of("a", List.of(1.5, 2.5))));
			Report report = handle.join();
			assertThat(report.figures()).containsEntry("a", List.of(1.5, 2.5));
			assertThat(handle.join()).isSameAs(report);
			CompletableFuture<Report> future = handle.result();
			assertThat(future.get()).isSameAs(report);
			assertThat(handle.result()).isNotSameAs(future);
		}
	}

	@Test
	void whatIsNotSerializableIsRefusedWithTheWayToIt() {
		TaskQueue queue = TaskQueue.builder().workerCount(1).build();
		assertThatExceptionOfType(TaskNotSerializableException.class)
			.isThrownBy(() -> queue.add(new Broken(new Settings(new Connection()))))
			.withMessageContaining("TaskKindsProcessTest$Broken.settings.connection")
			.withMessageContaining(Connection.class.getName() + " is not serializable");
		Connection captured = new Connection();
		assertThatExceptionOfType(TaskNotSerializableException.class).isThrownBy(() -> queue.submit(captured::hashCode))
			.withMessageContaining("<captured 1>");
		assertThat(queue.length()).isZero();
	}

	@Test
	void tooLargeATaskIsRefusedAndTooLargeAResultFails() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).maxPayload(10_000).start()) {
			byte[] large = new byte[20_000];
			assertThatExceptionOfType(PayloadTooLargeException.class).isThrownBy(() -> queue.submit(() -> large.length))
				.withMessageContaining("10000");
			TaskHandle<byte[]> handle = queue.submit(() -> new byte[20_000]);
			assertThatExceptionOfType(TaskFailedException.class).isThrownBy(handle::join)
				.withMessageContaining(PayloadTooLargeException.class.getName());
			assertThat(queue.submit(() -> new byte[5_000]).join()).hasSize(5_000);
		}
	}

	@Test
	void resultThatCannotBeWrittenFailsAndKeepsTheWorker() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			long pid = queue.submit(() -> ProcessHandle.current().pid()).join();
			TaskHandle<Connection> handle = queue.submit(Connection::new);
			assertThatExceptionOfType(TaskFailedException.class).isThrownBy(handle::join)
				.withMessageContaining(Connection.class.getName());
			assertThat(queue.submit(() -> ProcessHandle.current().pid()).join()).isEqualTo(pid);
		}
	}

	@Test
	void failureCarriesClassMessageTraceAndCauses() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<?> handle = queue.add(() -> {
				throw new IllegalStateException("outer", new java.io.IOException("inner"));
			}, TaskOptions.defaults().description("the failing one"));
			TaskFailedException failure = catchThrowableOfType(TaskFailedException.class, handle::join);
			assertThat(failure.exceptionClassName()).isEqualTo("java.lang.IllegalStateException");
			assertThat(failure.exceptionMessage()).isEqualTo("outer");
			assertThat(failure.remoteTrace()).contains("Caused by: java.io.IOException: inner", "TaskKindsProcessTest");
			assertThat(failure).hasMessageContaining("'the failing one'");
			StringWriter printed = new StringWriter();
			failure.printStackTrace(new PrintWriter(printed));
			assertThat(printed.toString()).contains("in the worker: java.lang.IllegalStateException: outer");
			assertThat(handle.result().handle((value, thrown) -> thrown).join()).isInstanceOf(TaskFailedException.class)
				.hasMessage(failure.getMessage());
			assertThat(handle.result()).failsWithin(java.time.Duration.ofSeconds(5))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(TaskFailedException.class);
		}
	}

	@Test
	void exceptionOfAClassTheParentDoesNotHaveArrivesWithItsTrace(@TempDir Path directory) throws Exception {
		compile(directory, "only.inworker.Strange",
				"package only.inworker; public class Strange extends Exception { public Strange() { super(\"odd\"); } }");
		String classPath = System.getProperty("java.class.path") + File.pathSeparator + directory;
		try (TaskQueue queue = TaskQueue.builder()
			.workerCount(1)
			.worker(WorkerOptions.defaults().withClassPath(classPath))
			.start()) {
			TaskHandle<?> handle = queue.add(() -> {
				throw Class.forName("only.inworker.Strange").asSubclass(Exception.class).getConstructor().newInstance();
			});
			TaskFailedException failure = catchThrowableOfType(TaskFailedException.class, handle::join);
			assertThat(failure.exceptionClassName()).isEqualTo("only.inworker.Strange");
			assertThat(failure.exceptionMessage()).isEqualTo("odd");
			assertThat(failure.remoteTrace()).startsWith("only.inworker.Strange: odd").contains("\tat ");
			TaskHandle<Object> result = queue
				.submit(() -> Class.forName("only.inworker.Strange").getConstructor().newInstance());
			assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(result::join)
				.withMessageContaining("only.inworker.Strange");
		}
	}

	@Test
	void resultOfAClassNobodyAskedForIsNotRead() {
		try (TaskQueue queue = TaskQueue.builder().workerCount(1).start()) {
			TaskHandle<Object> handle = queue.submit(() -> new javax.swing.event.EventListenerList());
			assertThatExceptionOfType(ResultUnreadableException.class).isThrownBy(handle::join)
				.withMessageContaining("javax.swing.event.EventListenerList")
				.withMessageContaining("taskqueue.result-filter");
			TaskHandle<Object> declared = queue.submit(() -> new javax.swing.event.EventListenerList(),
					TaskOptions.defaults().resultType(javax.swing.event.EventListenerList.class));
			assertThat(declared.join()).isNotNull();
		}
	}

	private static void compile(Path directory, String name, String source) throws Exception {
		Path file = Files.writeString(directory.resolve(name.substring(name.lastIndexOf('.') + 1) + ".java"), source);
		int code = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-d", directory.toString(), file.toString());
		assertThat(code).isZero();
	}

}
