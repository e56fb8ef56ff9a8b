package dev.taskqueue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskFailedExceptionTest {

	private static final String TRACE = "com.acme.Oops: no\n\tat com.acme.Job.run(Job.java:1)\nCaused by: x.Y";

	private final TaskFailedException failed = new TaskFailedException("Task 1 failed", "com.acme.Oops", "no", TRACE);

	@Test
	void aPrintedTraceShowsTheCallersFramesAndThenTheRemoteTrace() {
		StringWriter text = new StringWriter();
		this.failed.printStackTrace(new PrintWriter(text));
		assertThat(text.toString()).startsWith("dev.taskqueue.TaskFailedException: Task 1 failed")
			.containsSubsequence("at dev.taskqueue.TaskFailedExceptionTest", "Caused by: in the worker: " + TRACE)
			.doesNotContain("RemoteTrace");
	}

	@Test
	void itTravelsWithEverythingItKnows() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(this.failed);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			assertThat(in.readObject()).isInstanceOfSatisfying(TaskFailedException.class, (copy) -> {
				assertThat(copy.remoteTrace()).isEqualTo(TRACE);
				assertThat(copy.exceptionClassName()).isEqualTo("com.acme.Oops");
				assertThat(copy.exceptionMessage()).isEqualTo("no");
			});
		}
	}

}
